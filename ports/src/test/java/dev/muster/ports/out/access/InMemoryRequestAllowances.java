package dev.muster.ports.out.access;

import dev.muster.domain.access.RequestWindow;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How often each credential may still call, in memory. */
public final class InMemoryRequestAllowances
    implements RequestAllowances, GatheredAllowances, QuietCallers {
  private final InMemoryStorage storage;
  private final InMemoryTable<Key, Row> rows;
  private final InstantSource clock;

  private record Key(TenantId tenant, UUID credential) {}

  private record Row(Key key, RequestWindow window, Instant changedAt) {}

  /** Nobody has called. */
  public InMemoryRequestAllowances(InMemoryStorage storage, InstantSource clock) {
    this.storage = storage;
    this.rows = storage.tableOfCounts();
    this.clock = clock;
  }

  @Override
  public RequestWindow.Slice take(TenantId tenant, UUID credential, int limit, int wanted) {
    return storage.forTenant(
        tenant,
        () -> {
          Key key = new Key(tenant, credential);
          RequestWindow window = rows.find(key).map(Row::window).orElseGet(RequestWindow::empty);
          RequestWindow.Slice slice = window.take(clock.instant(), limit, wanted);
          if (slice instanceof RequestWindow.Taken taken) {
            rows.put(key, new Row(key, taken.after(), clock.instant()));
          }
          return slice;
        });
  }

  @Override
  public List<Optional<RequestWindow.Slice>> take(List<Wish> wishes) {
    return storage.forAllTenants(() ->
        wishes.stream()
            .map(wish ->
                Optional.of(take(wish.tenant(), wish.credential(), wish.limit(), wish.wanted())))
            .toList());
  }

  @Override
  public int forgetQuietSince(Instant moment, int limit) {
    return storage.forAllTenants(() -> {
      List<Row> quiet =
          rows.stream().filter(row -> row.changedAt().isBefore(moment)).limit(limit).toList();
      quiet.forEach(row -> rows.remove(row.key()));
      return quiet.size();
    });
  }
}
