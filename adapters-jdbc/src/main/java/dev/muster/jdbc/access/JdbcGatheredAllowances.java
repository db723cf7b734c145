package dev.muster.jdbc.access;

import static java.util.Objects.requireNonNull;

import dev.muster.domain.access.RequestWindow;
import dev.muster.domain.access.RequestWindow.Slice;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.jdbc.access.JdbcRequestAllowances.Held;
import dev.muster.ports.out.access.GatheredAllowances;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How often each of many credentials may still call. What the domain decides is written where the
 * row is as it was, in one statement, and nobody is waited for. Thread-safe.
 */
public final class JdbcGatheredAllowances implements GatheredAllowances {
  /** With the time of the database, by which all replicas count. */
  private static final String READ =
      """
      SELECT clock_timestamp() AS at, wish.tenant_id, wish.credential,
        held.version, held.head, held.counts, held.last_long, held.long_before
      FROM unnest(:tenants, :credentials) AS wish (tenant_id, credential)
      LEFT JOIN request_allowances AS held
        ON held.tenant_id = wish.tenant_id AND held.credential = wish.credential
      """;

  /** Who adds a row holds a lock until its commit: a statement would wait for one to be added. */
  private static final String WRITE =
      """
      WITH taken AS MATERIALIZED (
        SELECT tenant_id, credential, version, head, counts::integer[] AS counts, last_long,
          long_before, at
        FROM unnest(
          :tenants, :credentials, :versions, :heads, :counts, :lastLong, :longBefore, :moments)
          AS taken (tenant_id, credential, version, head, counts, last_long, long_before, at)
      ), free AS MATERIALIZED (
        SELECT held.tenant_id, held.credential
        FROM taken
        JOIN request_allowances AS held
          ON held.tenant_id = taken.tenant_id AND held.credential = taken.credential
        WHERE held.version = taken.version
        FOR NO KEY UPDATE OF held SKIP LOCKED
      ), replaced AS (
        UPDATE request_allowances AS held
           SET version = held.version + 1, head = taken.head, counts = taken.counts,
               last_long = taken.last_long, long_before = taken.long_before,
               changed_at = taken.at
          FROM taken
          JOIN free
            ON free.tenant_id = taken.tenant_id AND free.credential = taken.credential
         WHERE held.tenant_id = taken.tenant_id AND held.credential = taken.credential
           AND held.version = taken.version
        RETURNING held.tenant_id, held.credential
      ), added AS (
        INSERT INTO request_allowances
          (tenant_id, credential, version, head, counts, last_long, long_before, changed_at)
        SELECT tenant_id, credential, 1, head, counts, last_long, long_before, at
          FROM taken
         WHERE CASE WHEN version IS NULL THEN
           pg_try_advisory_xact_lock(%1$d, hashtext(tenant_id::text || credential::text)) END
        ON CONFLICT DO NOTHING
        RETURNING tenant_id, credential
      )
      SELECT * FROM replaced UNION ALL SELECT * FROM added
      """
          .formatted(JdbcRequestAllowances.ADDING);

  private static final Comparator<Key> IN_ONE_ORDER =
      Comparator.comparing((Key key) -> key.tenant().toString())
          .thenComparing(key -> key.credential().toString());

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcGatheredAllowances(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  private record Key(UUID tenant, UUID credential) {
    static Key of(Wish wish) {
      return new Key(wish.tenant().value(), wish.credential());
    }
  }

  /** What is to be written of a credential. */
  private record Change(Key key, Held before, RequestWindow after) {}

  @Override
  public List<Optional<Slice>> take(List<Wish> wishes) {
    return transactions.forAllTenants(handle -> take(handle, wishes));
  }

  private static List<Optional<Slice>> take(Handle handle, List<Wish> wishes) {
    Map<Key, Held> held = read(handle, wishes);
    SortedMap<Key, Change> changes = new TreeMap<>(IN_ONE_ORDER);
    List<Slice> slices = new ArrayList<>();
    for (Wish wish : wishes) {
      Key key = Key.of(wish);
      Held before = requireNonNull(held.get(key));
      Change change = changes.get(key);
      RequestWindow window = change == null ? before.window() : change.after();
      Slice slice = window.take(before.at(), wish.limit(), wish.wanted());
      if (slice instanceof RequestWindow.Taken taken) {
        changes.put(key, new Change(key, before, taken.after()));
      }
      slices.add(slice);
    }
    Set<Key> lost = new HashSet<>(changes.keySet());
    lost.removeAll(write(handle, List.copyOf(changes.values())));
    List<Optional<Slice>> answers = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      boolean isLost = lost.contains(Key.of(wishes.get(i)));
      answers.add(isLost ? Optional.empty() : Optional.of(slices.get(i)));
    }
    return answers;
  }

  private static Map<Key, Held> read(Handle handle, List<Wish> wishes) {
    List<Key> keys = wishes.stream().map(Key::of).distinct().toList();
    return handle
        .createQuery(READ)
        .bind("tenants", SqlArray.of(UUID.class, keys.stream().map(Key::tenant).toList()))
        .bind("credentials", SqlArray.of(UUID.class, keys.stream().map(Key::credential).toList()))
        .map((row, unused) ->
            Map.entry(
                new Key(Columns.uuid(row, "tenant_id"), Columns.uuid(row, "credential")),
                JdbcRequestAllowances.held(row)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Whose rows were as they had been; who adds does so in one order, and waits in no circle. */
  private static Set<Key> write(Handle handle, List<Change> changes) {
    if (changes.isEmpty()) {
      return Set.of();
    }
    return handle
        .createQuery(WRITE)
        .bind("tenants", SqlArray.of(UUID.class, each(changes, change -> change.key().tenant())))
        .bind(
            "credentials",
            SqlArray.of(UUID.class, each(changes, change -> change.key().credential())))
        .bind(
            "versions", SqlArray.of(Long.class, each(changes, change -> change.before().version())))
        .bind("heads", SqlArray.of(Long.class, each(changes, change -> change.after().head())))
        .bind("counts", SqlArray.of(String.class, each(changes, change -> counts(change.after()))))
        .bind(
            "lastLong", SqlArray.of(Long.class, each(changes, change -> change.after().lastLong())))
        .bind(
            "longBefore",
            SqlArray.of(Long.class, each(changes, change -> change.after().longBefore())))
        .bind("moments", SqlArray.of(Instant.class, each(changes, change -> change.before().at())))
        .map((row, unused) ->
            new Key(Columns.uuid(row, "tenant_id"), Columns.uuid(row, "credential")))
        .set();
  }

  private static @Nullable Object[] each(
      List<Change> changes, Function<Change, ? extends @Nullable Object> of) {
    return changes.stream().map(of).toArray();
  }

  /** As PostgreSQL writes an array: there are no arrays of arrays that it would take apart. */
  private static String counts(RequestWindow window) {
    return Arrays.stream(window.counts())
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "{", "}"));
  }
}
