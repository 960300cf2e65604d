package dev.neonstack.controlplane.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * Rows of one kind by their keys, with indexes, in each of which the oldest row comes first. Never
 * changes: a change makes another one, which shares with it all but a logarithm of the rows.
 */
final class Table<K, V> {
  private final Form<K, V> form;
  private final PMap<K, V> rows;
  private final List<PMap<Object, PSortedMap<Place, V>>> indexes;
  private final PSet<K> changed;

  /**
   * What the rows of a table are like.
   *
   * @param key tells rows apart
   * @param place where a row stands among others
   * @param indexes each gives what a row is found by there, or nothing when it is not listed there
   */
  record Form<K, V>(
      Function<V, K> key, Function<V, Place> place, List<Function<V, Optional<?>>> indexes) {}

  /**
   * Where a row stands: by its age, and by its id among those of one moment.
   *
   * @param createdAt when it was made
   * @param id what tells it apart
   */
  record Place(Instant createdAt, String id) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      var byAge = createdAt.compareTo(other.createdAt);
      return byAge == 0 ? id.compareTo(other.id) : byAge;
    }
  }

  private Table(
      Form<K, V> form,
      PMap<K, V> rows,
      List<PMap<Object, PSortedMap<Place, V>>> indexes,
      PSet<K> changed) {
    this.form = form;
    this.rows = rows;
    this.indexes = indexes;
    this.changed = changed;
  }

  /** No rows. */
  static <K, V> Table<K, V> of(Form<K, V> form) {
    var indexes = new ArrayList<PMap<Object, PSortedMap<Place, V>>>();
    form.indexes().forEach(index -> indexes.add(HashTreePMap.empty()));
    return new Table<>(form, HashTreePMap.empty(), List.copyOf(indexes), HashTreePSet.empty());
  }

  /** All rows; not to be changed. */
  Map<K, V> rows() {
    return rows;
  }

  /** The rows that an index has under this, oldest first. */
  List<V> find(int index, Object by) {
    var found = indexes.get(index).get(by);
    return found == null ? List.of() : List.copyOf(found.values());
  }

  /** The oldest row that an index has under this. */
  Optional<V> first(int index, Object by) {
    return Optional.ofNullable(indexes.get(index).get(by))
        .map(found -> found.get(found.firstKey()));
  }

  /** The keys of rows that came, went or became others since {@link #settled}. */
  Set<K> changed() {
    return changed;
  }

  /** The same, of which nothing counts as changed. */
  Table<K, V> settled() {
    return changed.isEmpty() ? this : new Table<>(form, rows, indexes, HashTreePSet.empty());
  }

  /** With this row in place of the one that has its key. */
  Table<K, V> with(V row) {
    var key = form.key().apply(row);
    return new Table<>(
        form,
        rows.plus(key, row),
        reindexed(Optional.ofNullable(rows.get(key)), Optional.of(row)),
        changed.plus(key));
  }

  /** Without the row that has this key. */
  Table<K, V> without(K key) {
    var row = rows.get(key);
    return row == null
        ? this
        : new Table<>(
            form,
            rows.minus(key),
            reindexed(Optional.of(row), Optional.empty()),
            changed.plus(key));
  }

  private List<PMap<Object, PSortedMap<Place, V>>> reindexed(Optional<V> gone, Optional<V> come) {
    var result = new ArrayList<PMap<Object, PSortedMap<Place, V>>>(indexes.size());
    for (var at = 0; at < indexes.size(); at++) {
      var by = form.indexes().get(at);
      var index = indexes.get(at);
      var before = gone.flatMap(by::apply);
      var after = come.flatMap(by::apply);
      if (before.isPresent()) {
        index = removed(index, before.get(), form.place().apply(gone.get()));
      }
      if (after.isPresent()) {
        var there = Optional.ofNullable(index.get(after.get())).orElseGet(TreePMap::empty);
        index = index.plus(after.get(), there.plus(form.place().apply(come.get()), come.get()));
      }
      result.add(index);
    }
    return List.copyOf(result);
  }

  private static <V> PMap<Object, PSortedMap<Place, V>> removed(
      PMap<Object, PSortedMap<Place, V>> index, Object by, Place place) {
    var left = index.get(by).minus(place);
    return left.isEmpty() ? index.minus(by) : index.plus(by, left);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Table<?, ?> table && rows.equals(table.rows);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(rows);
  }

  @Override
  public String toString() {
    return rows.toString();
  }
}
