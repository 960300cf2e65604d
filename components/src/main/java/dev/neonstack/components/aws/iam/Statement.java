package dev.neonstack.components.aws.iam;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One rule of a policy. What is allowed is named call by call, and only who is denied may be
 * everyone.
 *
 * @param sid its name within the policy: letters and digits
 * @param principal absent in policies of roles, which are about the role
 * @param actions calls, such as {@code s3:GetObject}
 * @param conditions which all have to hold
 */
public record Statement(
    String sid,
    Effect effect,
    Optional<Principal> principal,
    List<String> actions,
    Resources resources,
    List<Condition> conditions) {
  private static final Pattern SID = Pattern.compile("[A-Za-z0-9]+");
  private static final Pattern ACTION = Pattern.compile("[a-z0-9-]+:[A-Za-z0-9]+");
  private static final Pattern DENIED = Pattern.compile("[a-z0-9-]+:[A-Za-z0-9*]+");

  public Statement {
    requireNonNull(principal, "principal is null");
    requireNonNull(resources, "resources is null");
    conditions = List.copyOf(conditions);
    actions = List.copyOf(new TreeSet<>(actions));
    if (!SID.matcher(sid).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name of a statement; expected letters and digits".formatted(sid));
    }
    if (actions.isEmpty()) {
      throw new IllegalArgumentException(
          "statement %s has no actions; expected one or more".formatted(sid));
    }
    for (var action : actions) {
      requireAction(sid, effect, action);
    }
    if (effect == Effect.ALLOW
        && principal.filter(who -> who.kind().equals(Principal.ANYONE)).isPresent()) {
      throw new IllegalArgumentException(
          "statement %s lets everyone in; expected a service, an identity provider or an ARN"
              .formatted(sid));
    }
  }

  /** Allows a role to do this, in a policy of the role. */
  public static Statement allow(
      String sid, List<String> actions, Resources resources, Condition... conditions) {
    return new Statement(
        sid, Effect.ALLOW, Optional.empty(), actions, resources, List.of(conditions));
  }

  /** Denies it, whatever else allows it. */
  public static Statement deny(
      String sid, List<String> actions, Resources resources, Condition... conditions) {
    return new Statement(
        sid, Effect.DENY, Optional.empty(), actions, resources, List.of(conditions));
  }

  /** Allows somebody to assume the role whose trust policy it is in. */
  public static Statement trust(
      String sid, Principal principal, List<String> actions, Condition... conditions) {
    return new Statement(
        sid, Effect.ALLOW, Optional.of(principal), actions, Resources.none(), List.of(conditions));
  }

  /** The same about somebody, for a policy that hangs on what is asked for. */
  public Statement by(Principal somebody) {
    return new Statement(sid, effect, Optional.of(somebody), actions, resources, conditions);
  }

  private static void requireAction(String sid, Effect effect, String action) {
    var form = effect == Effect.ALLOW ? ACTION : DENIED;
    if (!form.matcher(action).matches()) {
      throw new IllegalArgumentException(
          "action '%s' of statement %s is not allowed; expected the name of one call, such as s3:GetObject"
              .formatted(action, sid));
    }
  }
}
