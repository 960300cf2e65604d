package dev.neonstack.provider;

import dev.neonstack.neon.controlplane.ControlPlaneException;
import dev.neonstack.neon.storage.StorageException;
import dev.neonstack.provider.resource.Call;
import dev.neonstack.provider.resource.Patience.TookTooLongException;
import dev.neonstack.provider.resource.RefusedException;
import dev.neonstack.provider.resource.ResourceHandler;
import dev.neonstack.provider.resource.UnfinishedException;
import dev.neonstack.provider.table.Change;
import dev.neonstack.provider.table.Formats;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Secret;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the engine asks of one kind of resource, in properties: previews, marks of secrets and the
 * user's wording are the same for all kinds.
 */
final class Operations<I, S> {
  private final ResourceHandler<I, S> handler;

  Operations(ResourceHandler<I, S> handler) {
    this.handler = handler;
  }

  /** A resource as the engine keeps it. */
  record Result(String id, Props state, Props inputs) {}

  /** A resource that was begun, as the engine keeps it. */
  static final class PartialException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Result result;

    PartialException(Result result, String reason, RuntimeException cause) {
      super(reason, cause);
      this.result = result;
    }

    Result result() {
      return result;
    }
  }

  List<Change> diff(Props oldInputs, Props state, Props news, List<String> ignored) {
    var changes = handler.table().diff(oldInputs, state, news, ignored);
    var replacing =
        changes.stream()
            .filter(Change::replaces)
            .map(Change::property)
            .collect(Collectors.joining(", "));
    if (!replacing.isEmpty()) {
      handler
          .refusesReplacement(handler.state(state))
          .ifPresent(
              why -> {
                throw new RefusedException(why + " (changed: " + replacing + ")");
              });
    }
    return changes;
  }

  /** The same changes; what is registered under another name in the engine is registered again. */
  List<Change> withOwner(Presence presence, String urn, Props state, List<Change> changes) {
    var moved =
        handler
            .project(state)
            .flatMap(presence::of)
            .filter(there -> handler.isOtherwiseKnown(there, handler.state(state), urn))
            .isPresent();
    return moved && changes.isEmpty()
        ? List.of(new Change("name", Change.Kind.UPDATE, false))
        : changes;
  }

  /** What to say of a resource that the engine has and that is not there. */
  Optional<String> missing(Presence presence, Props state) {
    return handler
        .project(state)
        .flatMap(presence::of)
        .flatMap(there -> handler.missing(there, handler.state(state)));
  }

  /**
   * Refuses in a preview what is known to be refused later. Who cannot be asked now is not waited
   * for.
   */
  void foresee(Presence presence, Call call, Props inputs) {
    attempt(() -> handler.foresee(reachable(presence, call, inputs), inputs));
  }

  /** The same for a change. */
  void foreseeChange(Presence presence, Call call, Props inputs) {
    if (inputs.allKnown()) {
      attempt(
          () ->
              handler.foreseeChange(
                  () -> reachable(presence, call, inputs), handler.inputs(inputs)));
    }
  }

  private static Optional<Call> reachable(Presence presence, Call call, Props inputs) {
    var project = inputs.isKnown("project") ? inputs.text("project") : Optional.<String>empty();
    return project.flatMap(Formats::tenant).flatMap(presence::of).map(there -> call);
  }

  private static void attempt(Runnable look) {
    try {
      look.run();
    } catch (StorageException | ControlPlaneException | TookTooLongException e) {
      DebugLog.write("cannot tell in a preview", e);
    }
  }

  Props createPreview(Props inputs) {
    var preview = inputs.toBuilder();
    handler.table().properties().stream()
        .filter(property -> !inputs.has(property.name()))
        .forEach(property -> preview.put(property.name(), property.fallback()));
    unsettle(preview, inputs);
    return marked(preview.build(), inputs);
  }

  private void unsettle(Props.Builder preview, Props inputs) {
    for (var name : handler.computed()) {
      var given = handler.table().names().contains(name) && inputs.has(name);
      if (!given) {
        preview.put(name, Value.Unknown.VALUE);
      }
    }
  }

  Props updatePreview(Call call, Props inputs, Props oldInputs, Props state) {
    if (inputs.allKnown()) {
      handler.foresee(call, handler.state(state), handler.inputs(inputs));
    }
    var changed =
        handler.table().diff(oldInputs, state, inputs, List.of()).stream()
            .map(Change::property)
            .toList();
    var preview = state.toBuilder();
    for (var name : changed) {
      preview.put(name, inputs.marked(name));
    }
    handler.unsettledBy(changed).forEach(name -> preview.put(name, Value.Unknown.VALUE));
    return marked(preview.build(), inputs);
  }

  Result create(Call call, Props inputs) {
    try {
      var made = handler.create(call, handler.inputs(inputs));
      return result(made.id(), made.state(), inputs);
    } catch (UnfinishedException e) {
      throw partial(e, inputs);
    }
  }

  /** A change of which nobody knows whether it was made is made again by the next update. */
  Result update(Call call, String id, Props state, Props inputs, Props oldInputs) {
    try {
      var updated = handler.update(call, id, handler.state(state), handler.inputs(inputs));
      return result(id, updated, inputs);
    } catch (UnfinishedException e) {
      throw partial(e, inputs);
    } catch (ControlPlaneException | StorageException e) {
      if (Failures.mayHaveBeenDone(e)) {
        throw new PartialException(new Result(id, state, oldInputs), Failures.message(e), e);
      }
      throw e;
    }
  }

  Optional<Result> read(Call call, String id, Props inputs, Props state) {
    var known = !state.names().isEmpty();
    try {
      return handler
          .read(
              call,
              id,
              inputs.names().isEmpty() ? Optional.empty() : Optional.of(handler.inputs(inputs)),
              known ? Optional.of(handler.state(state)) : Optional.empty())
          .map(
              found -> {
                var foundInputs = worded(handler.inputProps(found.inputs()), inputs);
                var foundState = restate(handler.stateProps(found.state()), state);
                return new Result(
                    id, marked(foundState, merged(inputs, state)), marked(foundInputs, inputs));
              });
    } catch (UnfinishedException e) {
      throw new PartialException(new Result(id, state, inputs), e.getMessage(), e);
    }
  }

  void delete(Call call, String id, Props state) {
    handler.delete(call, id, handler.state(state));
  }

  @SuppressWarnings("unchecked") // a handler throws states of its own type only
  private PartialException partial(UnfinishedException failure, Props inputs) {
    return new PartialException(
        result(failure.id(), (S) failure.state(), inputs), failure.getMessage(), failure);
  }

  private Result result(String id, S state, Props inputs) {
    return new Result(id, marked(restate(handler.stateProps(state), inputs), inputs), inputs);
  }

  /** Inputs that were found, in the words the user has for the same. */
  private Props worded(Props found, Props olds) {
    var worded = found.toBuilder();
    for (var property : handler.table().properties()) {
      worded.put(
          property.name(),
          property.worded(olds.marked(property.name()), found.get(property.name())));
    }
    return worded.build();
  }

  /** A state in the words the user has for the same. */
  private Props restate(Props state, Props olds) {
    var restated = state.toBuilder();
    for (var property : handler.table().properties()) {
      var old = olds.marked(property.name());
      var now = state.get(property.name());
      if (olds.has(property.name()) && property.means(old.plain()).equals(property.means(now))) {
        restated.put(property.name(), old);
      }
    }
    return restated.build();
  }

  private static Props merged(Props inputs, Props state) {
    var merged = state.toBuilder();
    inputs
        .values()
        .forEach(
            (name, value) -> {
              if (value.hasSecret()) {
                merged.put(name, value);
              }
            });
    return merged.build();
  }

  /** Properties with a mark on what is always secret, and on what was given as a secret. */
  private Props marked(Props props, Props given) {
    var marked = props.toBuilder();
    for (var name : props.names()) {
      var secret = handler.secrets().contains(name) || given.marked(name).hasSecret();
      var value = props.marked(name);
      if (secret && !(value instanceof Secret)) {
        marked.put(name, new Secret(value.plain()));
      }
    }
    return marked.build();
  }
}
