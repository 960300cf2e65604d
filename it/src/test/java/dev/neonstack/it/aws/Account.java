package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.standin.Existing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** What has been made in the account, in memory. */
final class Account {
  private final Map<String, AwsType> types;
  private final Map<String, Thing> things = new ConcurrentSkipListMap<>();
  private final Set<String> filled = ConcurrentHashMap.newKeySet();

  Account(Map<String, AwsType> types) {
    this.types = types;
  }

  /**
   * A thing of the account.
   *
   * @param seed what it is made up from
   * @param revision how often it has been changed, the making of it included
   */
  record Thing(String type, String seed, int revision, Existing existing) {
    String id() {
      return existing.id();
    }

    ObjectNode inputs() {
      return existing.inputs();
    }

    /** Whether it goes by this: its id, its ARN or its name. */
    private boolean isCalled(String text, Optional<String> named) {
      var state = existing.state();
      return text.equals(existing.id())
          || text.equals(state.path("arn").asText())
          || named.map(name -> text.equals(state.path(name).asText())).orElse(false);
    }

    @Override
    public String toString() {
      return type + " " + existing.id();
    }
  }

  Optional<Thing> get(String type, String id) {
    return Optional.ofNullable(things.get(type + " " + id));
  }

  void put(Thing thing) {
    things.put(thing.toString(), thing);
  }

  void remove(Thing thing) {
    things.remove(thing.toString());
  }

  Stream<Thing> all(String type) {
    return things.values().stream().filter(thing -> thing.type().equals(type));
  }

  Optional<Thing> find(String type, String reference) {
    return all(type)
        .filter(thing -> thing.isCalled(reference, types.get(type).named()))
        .findFirst();
  }

  /** The first thing that keeps this one from being deleted. */
  Optional<Thing> holder(Thing held) {
    return types.get(held.type()).heldBy().stream()
        .flatMap(this::all)
        .filter(thing -> refersTo(thing, held))
        .findFirst();
  }

  private boolean refersTo(Thing thing, Thing held) {
    var named = types.get(held.type()).named();
    return types.get(thing.type()).refers().entrySet().stream()
        .filter(reference -> reference.getValue().equals(held.type()))
        .flatMap(reference -> Found.in(thing.inputs(), reference.getKey()).stream())
        .anyMatch(found -> held.isCalled(found.value().asText(), named));
  }

  /** Puts something into a bucket or a repository, by its name. */
  void fill(String name) {
    filled.add(name);
  }

  /** Takes everything out again. */
  void empty(String name) {
    filled.remove(name);
  }

  boolean isFilled(Thing thing) {
    return filled.contains(thing.id());
  }

  /** All there is, as {@code type id}. */
  List<String> inventory() {
    return List.copyOf(things.keySet());
  }
}
