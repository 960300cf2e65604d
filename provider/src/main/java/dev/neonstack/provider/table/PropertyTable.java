package dev.neonstack.provider.table;

import dev.neonstack.provider.table.Change.Kind;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Null;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The inputs of a resource. A change of any of them does what the table says and nothing else: a
 * resource replaced by surprise is lost data.
 */
public final class PropertyTable {
  private final List<Property> properties;

  /** A table of these properties. */
  public PropertyTable(Property... properties) {
    this.properties = List.of(properties);
  }

  /** All properties. */
  public List<Property> properties() {
    return properties;
  }

  /** The names of all properties. */
  public Set<String> names() {
    return properties.stream().map(Property::name).collect(Collectors.toUnmodifiableSet());
  }

  /** Checks each property by itself; what is not known yet is taken to be right. */
  public void check(Props inputs, Problems problems) {
    for (var property : properties) {
      check(property, inputs.marked(property.name()), problems);
    }
    var names = names();
    inputs.names().stream()
        .filter(name -> !names.contains(name) && !name.startsWith("__"))
        .forEach(
            name ->
                problems.add(
                    name,
                    "there is no property '"
                        + name
                        + "'; expected "
                        + (names.isEmpty() ? "none" : "one of " + sorted(names))));
  }

  private static String sorted(Set<String> names) {
    return names.stream().sorted().collect(Collectors.joining(", "));
  }

  private static void check(Property property, Value marked, Problems problems) {
    var value = marked.plain();
    if (value instanceof Null) {
      if (property.required()) {
        problems.add(
            property.name(), property.name() + " is missing; expected " + allowed(property));
      }
    } else if (!value.hasUnknown() && !fits(property, value)) {
      problems.add(property.name(), marked, allowed(property));
    }
  }

  private static boolean fits(Property property, Value value) {
    return property.type().accepts(value)
        && property.limit().map(limit -> limit.holds().test(value)).orElse(true);
  }

  private static String allowed(Property property) {
    return property.limit().map(Property.Limit::allowed).orElse(property.type().allowed());
  }

  /**
   * What differs between the resource as it is and as it is wanted.
   *
   * @param inputs what it was made from
   * @param state what it is
   * @param wanted what it shall be made from
   * @param ignored paths of properties whose changes do not count
   */
  public List<Change> diff(Props inputs, Props state, Props wanted, List<String> ignored) {
    var news = Ignored.restore(inputs, wanted, ignored);
    var changes = new ArrayList<Change>();
    for (var property : properties) {
      change(property, inputs, state, news).ifPresent(changes::add);
    }
    return List.copyOf(changes);
  }

  private static Optional<Change> change(Property property, Props inputs, Props state, Props news) {
    var name = property.name();
    var had = inputs.get(name);
    var wants = news.get(name);
    if (wants.hasUnknown()) {
      return had.equals(wants) ? Optional.empty() : Optional.of(change(property, had, wants));
    }
    if (wants instanceof Null && property.keptWhenLeftOut()) {
      return Optional.empty();
    }
    var is = property.comparedWithState() && state.has(name) ? state.get(name) : had;
    return property.means(is).equals(property.means(wants))
        ? Optional.empty()
        : Optional.of(change(property, had, wants));
  }

  private static Change change(Property property, Value had, Value wants) {
    var kind = Kind.UPDATE;
    if (had instanceof Null) {
      kind = Kind.ADD;
    } else if (wants instanceof Null) {
      kind = Kind.DELETE;
    }
    return new Change(property.name(), kind, property.replaces());
  }
}
