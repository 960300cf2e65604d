package dev.neonstack.neon.storage;

import dev.neonstack.neon.storage.StorageException.Kind;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Decides what an answer that is not a success means, in the dialect of the server. */
final class Refusals {
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORISED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ACCEPTABLE = 406;
  private static final int TIMEOUT = 408;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION = 412;
  private static final int TOO_MANY = 429;
  private static final int INTERNAL = 500;
  private static final int BAD_GATEWAY = 502;
  private static final int UNAVAILABLE = 503;
  private static final int GATEWAY_TIMEOUT = 504;

  /** The storage controller's "Conflict: 2 (127.0.0.1) 406 Not Acceptable: …". */
  private static final Pattern WRAPPED =
      Pattern.compile("Conflict: \\S+ \\([^)]*\\) (\\d{3}) .*", Pattern.DOTALL);

  /**
   * "NotFound: " or, passed on by the storage controller, "NotFound: 2 (127.0.0.1): NotFound: ".
   */
  private static final String NOT_FOUND_PREFIX = "NotFound: (?:\\S+ \\([^)]*\\): NotFound: )?";

  private static final Pattern NO_TIMELINE =
      Pattern.compile(NOT_FOUND_PREFIX + "[Tt]imeline .*", Pattern.DOTALL);
  private static final Pattern NO_TENANT =
      Pattern.compile(
          NOT_FOUND_PREFIX + "([Tt]enant .*|No shards for this tenant ID found)", Pattern.DOTALL);

  private Refusals() {}

  static boolean timelineMissing(Answer answer) {
    return answer.status() == NOT_FOUND && NO_TIMELINE.matcher(answer.message()).matches();
  }

  static boolean tenantMissing(Answer answer) {
    return switch (answer.status()) {
      case NOT_FOUND -> NO_TENANT.matcher(answer.message()).matches();
      case PRECONDITION -> answer.message().contains("Requested tenant is missing");
      default -> false;
    };
  }

  static StorageException of(Call call, Answer answer, Dialect dialect) {
    var status = status(answer, dialect);
    var kind = kind(call, answer, status, dialect);
    return new StorageException(
        kind,
        OptionalInt.of(status),
        call.what() + " failed with " + status + ": " + answer.message() + advice(kind, answer),
        null);
  }

  /** The pageserver's status; the storage controller hides it in the text of a 409. */
  private static int status(Answer answer, Dialect dialect) {
    if (dialect == Dialect.CONTROLLER && answer.status() == CONFLICT) {
      var wrapped = WRAPPED.matcher(answer.message());
      if (wrapped.matches()) {
        return Integer.parseInt(wrapped.group(1));
      }
    }
    return answer.status();
  }

  private static Kind kind(Call call, Answer answer, int status, Dialect dialect) {
    if (tenantMissing(answer)) {
      return Kind.GONE;
    }
    return switch (status) {
      case BAD_REQUEST, NOT_ACCEPTABLE, PRECONDITION -> Kind.REFUSED;
      case UNAUTHORISED, FORBIDDEN -> Kind.UNAUTHORISED;
      case TIMEOUT, TOO_MANY, UNAVAILABLE -> Kind.RETRY;
      case BAD_GATEWAY, GATEWAY_TIMEOUT -> call.whenLost();
      case CONFLICT -> conflict(answer);
      case INTERNAL -> internal(call, answer, dialect);
      default -> Kind.FAILED;
    };
  }

  private static Kind conflict(Answer answer) {
    var message = answer.message();
    var passing = message.contains("in progress") || message.contains("on non-attached tenant");
    return passing ? Kind.RETRY : Kind.CONFLICT;
  }

  private static Kind internal(Call call, Answer answer, Dialect dialect) {
    var message = answer.message();
    if (message.contains("Cannot branch off the timeline that's not present")
        || message.contains("Cannot delete timeline which has child timelines")) {
      return Kind.REFUSED;
    }
    // The pageserver has the branch already; a repeat settles it once the safekeepers are back.
    var halfDone = message.contains("to reach quorum size");
    // The storage controller could not reach a pageserver.
    var away = message.contains("client error (Connect)");
    return dialect == Dialect.CONTROLLER && (halfDone || away) ? call.whenLost() : Kind.FAILED;
  }

  private static String advice(Kind kind, Answer answer) {
    if (kind == Kind.UNAUTHORISED) {
      return ". Give a storage token of scope 'pageserverapi', signed with the key the server knows";
    }
    return kind == Kind.FAILED && !answer.isStorageError()
        ? ". This is not an answer of Neon's storage API: check the storage URL"
        : "";
  }
}
