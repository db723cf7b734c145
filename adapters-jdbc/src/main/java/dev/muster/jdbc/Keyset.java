package dev.muster.jdbc;

import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a list, newest first, that begin after a cursor and so cost the same however deep they
 * are. The statement ends in {@code (created_at, id) < (:after_at, :after_id) ORDER BY created_at
 * DESC, id DESC LIMIT :limit}, with its own columns.
 */
public final class Keyset {
  /** After everything: where the first page begins, so that it has the plan of any other. */
  private static final Cursor TOP =
      new Cursor(Instant.parse("9999-12-31T23:59:59Z"), new UUID(-1, -1));

  /**
   * For the rest of the transaction. Which filters are set decides which index is read, and where.
   */
  private static final String PLANNED_FOR_ITS_FILTER = "SET LOCAL plan_cache_mode = 'auto'";

  private Keyset() {}

  /** The page that a statement finds. */
  public static <T> Page<T> page(
      Query query, PageRequest request, RowMapper<T> row, Function<T, Cursor> cursorOf) {
    return Page.of(
        part(query, request.after(), request.limit() + 1, row), request.limit(), cursorOf);
  }

  /**
   * The items after a cursor that a statement finds.
   *
   * @param after null for the first ones
   */
  public static <T> List<T> part(Query query, @Nullable Cursor after, int most, RowMapper<T> row) {
    Cursor from = after == null ? TOP : after;
    query.getHandle().execute(PLANNED_FOR_ITS_FILTER);
    return query
        .bind("after_at", from.at())
        .bind("after_id", from.id())
        .bind("limit", most)
        .map(row)
        .list();
  }
}
