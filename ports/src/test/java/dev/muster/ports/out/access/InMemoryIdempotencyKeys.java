package dev.muster.ports.out.access;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers to requests that may be repeated, in memory. */
public final class InMemoryIdempotencyKeys implements IdempotencyKeys, ExpiredKeys {
  private final InMemoryStorage storage;
  private final InMemoryTable<Key, Row> keys;

  private record Key(TenantId tenant, UUID caller, String key) {}

  /**
   * A key that was taken.
   *
   * @param answer or null until there is one
   */
  private record Row(Key key, byte[] fingerprint, Instant at, @Nullable Recorded answer) {}

  /** Without any. */
  public InMemoryIdempotencyKeys(InMemoryStorage storage) {
    this.storage = storage;
    this.keys = storage.table();
  }

  @Override
  public Optional<Recorded> take(
      TenantId tenant,
      UUID caller,
      String key,
      byte[] fingerprint,
      Instant now,
      Instant notBefore) {
    return storage.forTenant(
        tenant,
        () -> {
          storage.mustSee(tenant);
          Key id = new Key(tenant, caller, key);
          Optional<Recorded> recorded =
              keys.find(id).filter(row -> !row.at().isBefore(notBefore)).map(Row::answer);
          if (recorded.isEmpty()) {
            keys.put(id, new Row(id, fingerprint.clone(), now, null));
          }
          return recorded;
        });
  }

  @Override
  public void record(
      TenantId tenant,
      UUID caller,
      String key,
      int status,
      @Nullable String location,
      String body) {
    storage.forTenant(
        tenant,
        () -> {
          Key id = new Key(tenant, caller, key);
          Row taken =
              keys.find(id)
                  .filter(row -> storage.sees(tenant) && row.answer() == null)
                  .orElseThrow(
                      () -> new IllegalStateException("the key was not taken by this transaction"));
          Recorded answer = new Recorded(taken.fingerprint(), status, location, body);
          keys.put(id, new Row(id, taken.fingerprint(), taken.at(), answer));
          return true;
        });
  }

  @Override
  public int deleteRecordedBefore(Instant moment, int limit) {
    return storage.forAllTenants(() -> {
      List<Row> old =
          keys.stream()
              .filter(row -> row.at().isBefore(moment))
              .sorted(Comparator.comparing(Row::at))
              .limit(limit)
              .toList();
      old.forEach(row -> keys.remove(row.key()));
      return old.size();
    });
  }
}
