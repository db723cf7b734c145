package dev.muster.ports.out;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Rows by their keys, in the order in which they were added. Rows are values: a change replaces
 * one. Used within transactions of its {@link InMemoryStorage} only.
 */
public final class InMemoryTable<K, V> {
  private Map<K, V> rows = new LinkedHashMap<>();
  private Map<K, V> before = Map.of();

  InMemoryTable() {}

  /** The row of a key. */
  public Optional<V> find(K key) {
    return Optional.ofNullable(rows.get(key));
  }

  /** All rows, as they are now. */
  public Stream<V> stream() {
    return List.copyOf(rows.values()).stream();
  }

  /** The keys of all rows, as they are now. */
  public Stream<K> keys() {
    return List.copyOf(rows.keySet()).stream();
  }

  /** Adds or replaces a row. */
  public void put(K key, V row) {
    rows.put(key, row);
  }

  /** Replaces a row where there is one; answers whether there was. */
  public boolean change(K key, UnaryOperator<V> change) {
    return rows.computeIfPresent(key, (same, row) -> change.apply(row)) != null;
  }

  /** Removes the row of a key. */
  public void remove(K key) {
    rows.remove(key);
  }

  /** Removes all rows of a kind; answers how many there were. */
  public int removeIf(Predicate<V> kind) {
    int size = rows.size();
    rows.values().removeIf(kind);
    return size - rows.size();
  }

  Map<K, V> contents() {
    return Map.copyOf(rows);
  }

  void remember() {
    before = new LinkedHashMap<>(rows);
  }

  void undo() {
    rows = new LinkedHashMap<>(before);
  }
}
