package dev.muster.ports.paging;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, newest first.
 *
 * @param next where the next page begins, or null where this is the last
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {
  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
  }

  /**
   * A page from one item more than was asked for: the extra one tells that there is a next page.
   *
   * @param found at most {@code limit + 1} items
   */
  public static <T> Page<T> of(List<T> found, int limit, Function<T, Cursor> cursorOf) {
    return found.size() <= limit
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, limit), cursorOf.apply(found.get(limit - 1)));
  }

  /** The same page with other items. */
  public <R> Page<R> map(Function<? super T, ? extends R> change) {
    return new Page<>(items.stream().<R>map(change).toList(), next);
  }
}
