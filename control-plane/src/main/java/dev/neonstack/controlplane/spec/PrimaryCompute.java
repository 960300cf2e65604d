package dev.neonstack.controlplane.spec;

import static java.util.Objects.requireNonNull;

import dev.neonstack.neon.Placement;
import dev.neonstack.neon.SafekeeperSet;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A Postgres server that writes to its branch.
 *
 * @param operation the start that this is for, by which logs are joined
 * @param names what the control plane calls it
 * @param data the branch, and who has it
 * @param roles that are made, or get this password; others stay as they are
 * @param databases that are made, or get this owner; others stay as they are
 * @param tuning how Postgres is set
 * @param report where roles and databases made by SQL are reported; without it nobody is told
 */
public record PrimaryCompute(
    UUID operation,
    Names names,
    Data data,
    List<Role> roles,
    List<Database> databases,
    Tuning tuning,
    Optional<URI> report) {

  /** Keeps its own copies. */
  public PrimaryCompute {
    requireNonNull(operation, "operation is null");
    requireNonNull(names, "names is null");
    requireNonNull(data, "data is null");
    requireNonNull(tuning, "tuning is null");
    requireNonNull(report, "report is null");
    roles = List.copyOf(roles);
    databases = List.copyOf(databases);
  }

  /**
   * What the control plane calls it; Postgres shows these names as settings.
   *
   * @param project its project
   * @param branch its branch
   * @param endpoint its endpoint
   */
  public record Names(String project, String branch, String endpoint) {}

  /**
   * The branch, and who has it.
   *
   * @param child whether the branch has a parent, of which it may have inherited subscriptions
   * @param pageservers who serves its pages
   * @param safekeepers who take its WAL
   */
  public record Data(
      TenantId tenant,
      TimelineId timeline,
      boolean child,
      Placement pageservers,
      SafekeeperSet safekeepers) {}

  /**
   * A role.
   *
   * @param name its name
   * @param verifier what PostgreSQL stores of its password; secret
   */
  public record Role(String name, String verifier) {
    @Override
    public String toString() {
      return "Role[name=" + name + ", verifier=(hidden)]";
    }
  }

  /**
   * A database.
   *
   * @param name its name
   * @param owner the role that owns it
   */
  public record Database(String name, String owner) {}

  /**
   * How Postgres is set.
   *
   * @param size how large it is
   * @param suspendSeconds after how many seconds without activity somebody puts it to sleep; -1 for
   *     never
   * @param logicalReplication whether changes can be decoded from the WAL
   * @param storageLimitMib how much the branch may hold; without it, any amount
   * @param tls whether it takes TLS, with the key and certificate at {@link
   *     SpecDocument#TLS_FOLDER}
   * @param settings the user's own settings by name, which win over ours
   */
  public record Tuning(
      ComputeSize size,
      long suspendSeconds,
      boolean logicalReplication,
      OptionalLong storageLimitMib,
      boolean tls,
      Map<String, String> settings) {
    /** Keeps its own copy. */
    public Tuning {
      settings = Map.copyOf(settings);
    }
  }
}
