package dev.muster.ports.out;

import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a list to its end. */
public final class Pages {
  private Pages() {}

  /** All items, read in pages of {@code limit}. */
  public static <T> List<T> all(int limit, Function<PageRequest, Page<T>> list) {
    List<T> items = new ArrayList<>();
    @Nullable Cursor next = null;
    do {
      Page<T> page = list.apply(new PageRequest(limit, next));
      items.addAll(page.items());
      next = page.next();
    } while (next != null);
    return items;
  }
}
