package dev.neonstack.provider.resource;

import dev.neonstack.neon.TenantId;
import dev.neonstack.provider.table.Problems;
import dev.neonstack.provider.table.PropertyTable;
import dev.neonstack.provider.value.Props;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One kind of resource. Every method may be called again after a crash of anything.
 *
 * @param <I> what a resource is made from
 * @param <S> what a resource is
 */
public interface ResourceHandler<I, S> {

  /** The name of the kind in the schema, such as {@code Branch}. */
  String type();

  /** The inputs and what a change of each does. */
  PropertyTable table();

  /** Outputs that are not known before a resource is made. */
  Set<String> computed();

  /** Outputs that are always secret. */
  default Set<String> secrets() {
    return Set.of();
  }

  /** Outputs that a change in place gives a value not known before. */
  default Set<String> unsettledBy(List<String> changed) {
    return Set.of();
  }

  /**
   * Finds what is wrong with the inputs taken together.
   *
   * @param olds what the resource was made from, which is not judged again; empty for a new one
   */
  default void check(Props olds, Props inputs, Instant now, Problems problems) {}

  /** Adds what is drawn for a resource, so that its creation can be repeated. */
  default Props complete(Draw draw, Props olds, Props inputs) {
    return inputs;
  }

  /** The id in storage that these inputs were completed with, if any. */
  default Optional<String> drawnId(Props inputs) {
    return Optional.empty();
  }

  /** The id in storage that a resource's id names. */
  default Optional<String> storageId(String id) {
    return Optional.empty();
  }

  /** Why the resource must not be replaced, when that would take what the user wants kept. */
  default Optional<String> refusesReplacement(S state) {
    return Optional.empty();
  }

  /**
   * Tells, in a preview, what is known already of a resource that would be made.
   *
   * @param call absent when nobody can be asked
   * @throws RefusedException when it is known that it cannot be made
   */
  default void foresee(Optional<Call> call, Props inputs) {}

  /**
   * The same for a change of a resource.
   *
   * @param call given while the services are up, which it looks for
   * @throws RefusedException when it is known that it cannot be changed so
   */
  default void foreseeChange(Supplier<Optional<Call>> call, I wanted) {}

  /** Tells, in a preview, what else a change of a resource means; nobody is asked. */
  default void foresee(Call call, S state, I wanted) {}

  /** The project a resource is in, when that can be looked at as a whole. */
  default Optional<TenantId> project(Props state) {
    return Optional.empty();
  }

  /** What to say when the resource is not there, though the engine has it. */
  default Optional<String> missing(Inventory inventory, S state) {
    return Optional.empty();
  }

  /** Whether the resource is registered under another URN of its stack, as before a rename. */
  default boolean isOtherwiseKnown(Inventory inventory, S state, String urn) {
    return false;
  }

  /** Reads checked inputs. */
  I inputs(Props inputs);

  /** Reads a state that this provider has written. */
  S state(Props state);

  /** Writes inputs as the user would. */
  Props inputProps(I inputs);

  /** Writes a state. */
  Props stateProps(S state);

  /** Makes the resource. */
  Created<S> create(Call call, I inputs);

  /** Reads the resource; empty when it is gone. */
  Optional<Found<I, S>> read(Call call, String id, Optional<I> inputs, Optional<S> state);

  /** Changes the resource, or finishes one that was left unfinished. */
  S update(Call call, String id, S state, I inputs);

  /** Deletes the resource; one that is gone is deleted. */
  void delete(Call call, String id, S state);

  /** A resource that was made. */
  record Created<S>(String id, S state) {}

  /** A resource that was found. */
  record Found<I, S>(I inputs, S state) {}

  /** Draws what is random about a resource. */
  interface Draw {
    /** The name of the resource in the engine, without its type and parents. */
    String resourceName();

    /** 16 random bytes in hexadecimal; the same for every call within one check. */
    String hexId();
  }
}
