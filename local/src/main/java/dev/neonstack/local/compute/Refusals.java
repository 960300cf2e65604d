package dev.neonstack.local.compute;

import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.problem.Problem;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a statement that PostgreSQL did not carry out means to who asked for it. */
final class Refusals {
  private static final Set<String> WAITED_FOR_A_LOCK = Set.of("55P03", "57014", "40P01");
  private static final Set<String> NOT_THERE = Set.of("42704", "3D000");

  /** Connections that broke, servers that stop, lack of resources. */
  private static final Set<String> PASSING = Set.of("08", "57", "53");

  /** Faults of the system or of PostgreSQL itself. */
  private static final Set<String> FAULTS = Set.of("58", "XX");

  private Refusals() {}

  static Problem of(AccountChange change, SQLException failure) {
    var what = change.ofRole() ? "role" : "database";
    var text =
        "PostgreSQL refused to %s %s '%s': %s"
            .formatted(change.drops() ? "drop" : "set", what, change.name(), reason(failure));
    var state = Optional.ofNullable(failure.getSQLState()).orElse("08000");
    var kind = state.substring(0, Math.min(2, state.length()));
    if (WAITED_FOR_A_LOCK.contains(state)) {
      return Problem.locked(text);
    }
    if (NOT_THERE.contains(state)) {
      return Problem.notFound(change.ofRole() ? "ROLE" : "DATABASE", text);
    }
    if (PASSING.contains(kind)) {
      return Problem.unavailable(text, failure);
    }
    return FAULTS.contains(kind) ? Problem.failed(text, failure) : Problem.conflict(text);
  }

  static Problem ofLook(String branch, SQLException failure) {
    return Problem.unavailable(
        "the roles and databases of branch %s cannot be read now: %s"
            .formatted(branch, reason(failure)),
        failure);
  }

  /** PostgreSQL's own words, without the statement. */
  private static String reason(SQLException failure) {
    if (failure instanceof PSQLException answered) {
      var said = Optional.ofNullable(answered.getServerErrorMessage());
      return said.map(Refusals::words).orElse(failure.getMessage());
    }
    return failure.getMessage();
  }

  private static String words(ServerErrorMessage said) {
    var detail = Optional.ofNullable(said.getDetail()).map(text -> " (" + text + ")").orElse("");
    return said.getMessage() + detail.replaceAll("\\s+", " ");
  }
}
