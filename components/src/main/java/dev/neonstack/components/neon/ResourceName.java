package dev.neonstack.components.neon;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Alias;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * The name of a resource in the engine, made of the names of what it belongs to and its own, and
 * the names it had before any of them was changed. By those the engine finds it in the state, so
 * that it is renamed and not made anew.
 *
 * @param now the name it has
 * @param former the names it may be known by
 */
record ResourceName(String now, List<String> former) {
  ResourceName {
    requireNonNull(now, "now is null");
    former = List.copyOf(former);
  }

  /** The name of something that belongs to this. */
  ResourceName child(String name, List<String> formerNames) {
    var all = new LinkedHashSet<String>();
    for (var own : with(name, formerNames)) {
      for (var above : with(now, former)) {
        all.add(above + "/" + own);
      }
    }
    var child = now + "/" + name;
    all.remove(child);
    return new ResourceName(child, List.copyOf(all));
  }

  private static List<String> with(String now, List<String> former) {
    var all = new ArrayList<String>();
    all.add(now);
    all.addAll(former);
    return all;
  }

  /** By its name alone, without the tree above it, something is known that was imported. */
  Alias[] aliases() {
    var renamed = former.stream().map(name -> Alias.builder().name(name).build());
    var imported = Alias.builder().name(now).noParent().build();
    return Stream.concat(renamed, Stream.of(imported)).toArray(Alias[]::new);
  }

  @Override
  public String toString() {
    return now;
  }
}
