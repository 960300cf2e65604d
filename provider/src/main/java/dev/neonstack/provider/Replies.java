package dev.neonstack.provider;

import dev.neonstack.provider.resource.FunctionHandler;
import dev.neonstack.provider.table.Change;
import dev.neonstack.provider.table.Problems;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value.Secret;
import java.util.List;
import java.util.TreeSet;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.InvokeResponse;
import pulumirpc.Provider.PropertyDiff;
import pulumirpc.Provider.ReadResponse;

/** Results in the engine's words. */
final class Replies {

  private Replies() {}

  static CheckResponse checked(Props inputs, Problems problems) {
    return CheckResponse.newBuilder()
        .setInputs(Structs.struct(inputs))
        .addAllFailures(failures(problems))
        .build();
  }

  private static List<CheckFailure> failures(Problems problems) {
    return problems.all().stream()
        .map(
            problem ->
                CheckFailure.newBuilder()
                    .setProperty(problem.property())
                    .setReason(problem.reason())
                    .build())
        .toList();
  }

  static DiffResponse diff(List<Change> changes) {
    var diff =
        DiffResponse.newBuilder()
            .setChanges(changes.isEmpty() ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME)
            .setHasDetailedDiff(true);
    for (var change : changes) {
      diff.addDiffs(change.property());
      diff.putDetailedDiff(
          change.property(),
          PropertyDiff.newBuilder().setKind(kind(change)).setInputDiff(true).build());
      if (change.replaces()) {
        diff.addReplaces(change.property());
      }
    }
    return diff.build();
  }

  private static PropertyDiff.Kind kind(Change change) {
    return switch (change.kind()) {
      case ADD -> change.replaces() ? PropertyDiff.Kind.ADD_REPLACE : PropertyDiff.Kind.ADD;
      case DELETE ->
          change.replaces() ? PropertyDiff.Kind.DELETE_REPLACE : PropertyDiff.Kind.DELETE;
      case UPDATE ->
          change.replaces() ? PropertyDiff.Kind.UPDATE_REPLACE : PropertyDiff.Kind.UPDATE;
    };
  }

  /** A provider that is reached in another way is still the same provider: nothing is replaced. */
  static DiffResponse configDiff(DiffRequest request) {
    var olds = Structs.props(request.getOlds());
    var news = Structs.props(request.getNews());
    var names = new TreeSet<>(olds.names());
    names.addAll(news.names());
    names.removeIf(name -> olds.get(name).equals(news.get(name)));
    return DiffResponse.newBuilder()
        .setChanges(names.isEmpty() ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME)
        .addAllDiffs(names)
        .build();
  }

  static ReadResponse read(Operations.Result found) {
    return ReadResponse.newBuilder()
        .setId(found.id())
        .setProperties(Structs.struct(found.state()))
        .setInputs(Structs.struct(found.inputs()))
        .build();
  }

  static InvokeResponse refused(Problems problems) {
    return InvokeResponse.newBuilder().addAllFailures(failures(problems)).build();
  }

  static InvokeResponse invoked(FunctionHandler function, Props results) {
    var marked = results.toBuilder();
    for (var name : function.secrets()) {
      if (results.has(name)) {
        marked.put(name, new Secret(results.get(name)));
      }
    }
    return InvokeResponse.newBuilder().setReturn(Structs.struct(marked.build())).build();
  }
}
