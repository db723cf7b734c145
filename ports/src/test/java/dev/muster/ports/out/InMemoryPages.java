package dev.muster.ports.out;

import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Pages of what is in memory. */
public final class InMemoryPages {
  /** As PostgreSQL orders ids: without a sign. */
  public static final Comparator<UUID> BY_ID =
      (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0
            ? high
            : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
      };

  private static final Comparator<Cursor> OLDEST_FIRST =
      Comparator.comparing(Cursor::at).thenComparing(Cursor::id, BY_ID);

  private InMemoryPages() {}

  /** A page, newest first. */
  public static <T> Page<T> newestFirst(
      Stream<T> rows, Function<T, Cursor> cursorOf, PageRequest page) {
    Cursor after = page.after();
    List<T> found =
        rows.filter(row -> after == null || OLDEST_FIRST.compare(cursorOf.apply(row), after) < 0)
            .sorted(Comparator.comparing(cursorOf, OLDEST_FIRST.reversed()))
            .limit(page.limit() + 1L)
            .toList();
    return Page.of(found, page.limit(), cursorOf);
  }
}
