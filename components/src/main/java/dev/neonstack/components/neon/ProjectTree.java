package dev.neonstack.components.neon;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.sdk.Branch;
import dev.neonstack.sdk.BranchArgs;
import dev.neonstack.sdk.Database;
import dev.neonstack.sdk.DatabaseArgs;
import dev.neonstack.sdk.Endpoint;
import dev.neonstack.sdk.EndpointArgs;
import dev.neonstack.sdk.Project;
import dev.neonstack.sdk.ProjectArgs;
import dev.neonstack.sdk.Role;
import dev.neonstack.sdk.RoleArgs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A project with its whole tree of branches. A branch is named {@code project/branch}, what belongs
 * to it {@code project/branch/name}, and its endpoint as the branch. A protected branch is also
 * protected in Pulumi, so that a refused destroy touches nothing at all.
 */
public final class ProjectTree extends ComponentResource {
  private final ProjectSpec spec;
  private final Project project;
  private final List<TreeBranch> branches;

  /**
   * Declares the project and everything in it.
   *
   * @throws IllegalArgumentException when the branches are not a tree
   */
  public ProjectTree(String name, ProjectSpec spec, ComponentResourceOptions options) {
    super("neonstack:neon:ProjectTree", name, options);
    this.spec = spec;
    var ordered = BranchOrder.parentsFirst(spec.branches());
    this.project = project(name);
    var made = new LinkedHashMap<String, TreeBranch>();
    for (var branch : ordered) {
      made.put(branch.name(), branch(name + "/" + branch.name(), branch, made));
    }
    this.branches = List.copyOf(made.values());
    registerOutputs(Map.of());
  }

  public String projectName() {
    return spec.name();
  }

  /** The id of the project in Neon's storage. */
  public Output<String> tenantId() {
    return project.tenantId();
  }

  /** The branches, parents first. */
  public List<TreeBranch> branches() {
    return branches;
  }

  private Project project(String name) {
    var args =
        ProjectArgs.builder()
            .name(spec.name())
            .pgVersion(spec.pgVersion())
            .historyRetention(DurationText.of(spec.historyRetention()));
    spec.region().ifPresent(args::region);
    return new Project(name, args.build(), child(List.of()).build());
  }

  private TreeBranch branch(String name, BranchSpec declared, Map<String, TreeBranch> made) {
    var parent = declared.parent().map(made::get);
    var branch = new Branch(name, branchArgs(declared, parent), branchOptions(declared, parent));
    var roles = new LinkedHashMap<String, Role>();
    for (var role : declared.roles()) {
      roles.put(role.name(), role(name, role, branch));
    }
    var databases = new ArrayList<Database>();
    for (var database : declared.databases()) {
      databases.add(database(name, database, branch, roles));
    }
    var login =
        roles.values().stream().findFirst().or(() -> inherited(name, declared, branch, parent));
    var inside = new ArrayList<Resource>(roles.values());
    login.filter(role -> roles.isEmpty()).ifPresent(inside::add);
    inside.addAll(databases);
    var endpoint = declared.endpoint().map(server -> endpoint(name, server, branch, inside));
    return new TreeBranch(
        declared, parent, branch, List.copyOf(roles.values()), databases, login, endpoint);
  }

  private BranchArgs branchArgs(BranchSpec declared, Optional<TreeBranch> parent) {
    var args = BranchArgs.builder().project(project.tenantId()).name(declared.name());
    parent.ifPresent(above -> args.parent(above.branch().branchId()));
    declared
        .origin()
        .ifPresent(
            origin -> {
              origin.lsn().ifPresent(lsn -> args.parentLsn(lsn.toString()));
              origin.timestamp().ifPresent(moment -> args.parentTimestamp(moment.toString()));
            });
    var lifetime = declared.lifetime();
    lifetime.expiresAt().map(Instant::toString).ifPresent(args::expiresAt);
    lifetime.ttl().map(DurationText::of).ifPresent(args::ttl);
    if (lifetime.protectedBranch()) {
      args.protected_(true);
    }
    if (declared.archived()) {
      args.archived(true);
    }
    return args.build();
  }

  private CustomResourceOptions branchOptions(BranchSpec declared, Optional<TreeBranch> parent) {
    var options = child(parent.map(TreeBranch::inheritable).orElse(List.of()));
    if (declared.lifetime().protectedBranch()) {
      options.protect(true);
    }
    return options.build();
  }

  private Role role(String branchName, RoleSpec declared, Branch branch) {
    return new Role(
        branchName + "/" + declared.name(), roleArgs(declared, branch), child(List.of()).build());
  }

  private RoleArgs roleArgs(RoleSpec declared, Branch branch) {
    var args =
        RoleArgs.builder()
            .project(project.tenantId())
            .branch(branch.branchId())
            .name(declared.name());
    declared.password().ifPresent(password -> args.password(Output.ofSecret(password)));
    return args.build();
  }

  /**
   * The role that connects to a branch which declares none. The password of the branch's copy is
   * its own: the ancestor's may change later. The copy came with the data and stays with it.
   */
  private Optional<Role> inherited(
      String branchName, BranchSpec declared, Branch branch, Optional<TreeBranch> parent) {
    return declared
        .endpoint()
        .flatMap(server -> parent.flatMap(TreeBranch::roleName))
        .map(
            role ->
                new Role(
                    branchName + "/" + role,
                    roleArgs(new RoleSpec(role, Optional.empty()), branch),
                    child(List.of()).retainOnDelete(true).build()));
  }

  private Database database(
      String branchName, DatabaseSpec declared, Branch branch, Map<String, Role> roles) {
    var owner = Optional.ofNullable(roles.get(declared.owner()));
    return new Database(
        branchName + "/" + declared.name(),
        DatabaseArgs.builder()
            .project(project.tenantId())
            .branch(branch.branchId())
            .name(declared.name())
            .owner(declared.owner())
            .build(),
        child(owner.map(List::<Resource>of).orElse(List.of())).build());
  }

  /** Made last, so that Postgres starts once and with every role and database there. */
  private Endpoint endpoint(
      String branchName, EndpointSpec declared, Branch branch, List<Resource> inside) {
    var args =
        EndpointArgs.builder()
            .project(project.tenantId())
            .branch(branch.branchId())
            .settings(declared.settings());
    declared.suspendTimeout().map(idle -> (int) idle.toSeconds()).ifPresent(args::suspendTimeout);
    declared.minCu().ifPresent(args::minCu);
    declared.maxCu().ifPresent(args::maxCu);
    declared.pooler().ifPresent(args::pooler);
    return new Endpoint(branchName, args.build(), child(inside).build());
  }

  private CustomResourceOptions.Builder child(List<Resource> dependsOn) {
    return CustomResourceOptions.builder().parent(this).dependsOn(dependsOn);
  }
}
