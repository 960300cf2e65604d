package dev.neonstack.provider.resource;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.provider.resource.Ids.BranchRef;
import dev.neonstack.provider.resource.Ids.NamedRef;
import dev.neonstack.provider.value.Props;
import java.util.List;

/** What roles and databases have in common: a project, a branch and a name that may change. */
final class Named {
  /** The input with the names something had before, newest first. */
  static final String FORMER_NAMES = "renamedFrom";

  private Named() {}

  static NamedRef ref(Props props) {
    var branch =
        new BranchRef(
            TenantId.of(props.requireText("project")), TimelineId.of(props.requireText("branch")));
    return new NamedRef(branch, props.requireText("name"));
  }

  static Props.Builder props(NamedRef ref) {
    return Props.builder()
        .put("project", ref.branch().project().value())
        .put("branch", ref.branch().branch().value())
        .put("name", ref.name());
  }

  /** How things of one kind on one branch are found and renamed. */
  interface Names {
    /** What the kind is called. */
    String kind();

    boolean exists(String name);

    void rename(String name, String newName);
  }

  /** Gives the name that is wanted to what has a former one, unless something has it already. */
  static void takeOver(Call call, Names names, String wanted, List<String> formerNames) {
    if (formerNames.isEmpty() || exists(call, names, wanted)) {
      return;
    }
    formerNames.stream()
        .filter(former -> exists(call, names, former))
        .findFirst()
        .ifPresent(former -> rename(call, names, former, wanted));
  }

  /** Gives something another name; an earlier run may have done it and not lived to tell. */
  static void change(Call call, Names names, String had, String wanted) {
    if (had.equals(wanted)) {
      return;
    }
    if (exists(call, names, had)) {
      rename(call, names, had, wanted);
    } else if (!exists(call, names, wanted)) {
      throw new RefusedException(
          "%s '%s' is gone, so it cannot be renamed to '%s'; run pulumi refresh, then pulumi up makes"
                  .formatted(names.kind(), had, wanted)
              + " an empty one");
    }
  }

  private static boolean exists(Call call, Names names, String name) {
    return call.patience()
        .settle("reading %s '%s'".formatted(names.kind(), name), () -> names.exists(name));
  }

  private static void rename(Call call, Names names, String had, String wanted) {
    call.patience()
        .settle(
            "renaming %s '%s' to '%s'".formatted(names.kind(), had, wanted),
            () -> names.rename(had, wanted));
  }
}
