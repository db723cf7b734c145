package dev.muster.ports.out.audit;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.audit.AuditQueries.AuditFilter;
import dev.muster.ports.out.InMemoryPages;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The audit logs of all tenants, in memory. */
public final class InMemoryAuditLog implements AuditLog, AuditArchive {
  private static final int MONTHS_AHEAD = 3;
  private static final Comparator<AuditEntry> NEWEST_FIRST =
      Comparator.comparing(AuditEntry::at).thenComparing(entry -> entry.id().toString()).reversed();

  private final InMemoryStorage storage;
  private final InMemoryTable<UUID, AuditEntry> entries;
  private final InMemoryTable<YearMonth, YearMonth> partitions;

  /** Empty. */
  public InMemoryAuditLog(InMemoryStorage storage) {
    this.storage = storage;
    this.entries = storage.table();
    this.partitions = storage.table();
  }

  @Override
  public void append(TenantId tenant, AuditEntry entry) {
    storage.forTenant(
        tenant,
        () -> {
          storage.mustSee(tenant);
          entries.put(entry.id(), entry);
          return true;
        });
  }

  @Override
  public void append(TenantId tenant, List<AuditEntry> added) {
    added.forEach(entry -> append(tenant, entry));
  }

  @Override
  public void appendAll(List<AuditEntry> added) {
    storage.forAllTenants(() -> {
      added.forEach(entry -> entries.put(entry.id(), entry));
      return true;
    });
  }

  @Override
  public Page<AuditEntry> list(TenantId tenant, AuditFilter filter, PageRequest page) {
    return storage.forTenant(
        tenant,
        () ->
            InMemoryPages.newestFirst(
                entries.stream()
                    .filter(entry -> entry.tenant().equals(tenant) && storage.sees(tenant))
                    .filter(entry -> fits(entry, filter)),
                InMemoryAuditLog::cursor,
                page));
  }

  @Override
  public Page<AuditEntry> list(AuditFilter filter, PageRequest page) {
    return storage.forAllTenants(() ->
        InMemoryPages.newestFirst(
            entries.stream().filter(entry -> fits(entry, filter)), InMemoryAuditLog::cursor, page));
  }

  @Override
  public List<AuditEntry> part(
      TenantId tenant, AuditFilter filter, @Nullable Cursor after, int most) {
    return storage.forTenant(
        tenant,
        () ->
            part(
                entries.stream()
                    .filter(entry -> entry.tenant().equals(tenant) && storage.sees(tenant)),
                filter,
                after,
                most));
  }

  @Override
  public List<AuditEntry> part(AuditFilter filter, @Nullable Cursor after, int most) {
    return storage.forAllTenants(() -> part(entries.stream(), filter, after, most));
  }

  private static List<AuditEntry> part(
      Stream<AuditEntry> all, AuditFilter filter, @Nullable Cursor after, int most) {
    return all.filter(entry -> fits(entry, filter))
        .sorted(NEWEST_FIRST)
        .filter(entry -> after == null || NEWEST_FIRST.compare(entry, entryAt(entry, after)) > 0)
        .limit(most)
        .toList();
  }

  /** The same entry, were it the last one of a part. */
  private static AuditEntry entryAt(AuditEntry entry, Cursor at) {
    return new AuditEntry(
        at.id(),
        entry.tenant(),
        entry.actor(),
        entry.action(),
        entry.resource(),
        entry.outcome(),
        entry.before(),
        entry.after(),
        entry.origin(),
        at.at());
  }

  private static boolean fits(AuditEntry entry, AuditFilter filter) {
    return any(filter.tenant(), entry.tenant())
        && any(filter.action(), entry.action())
        && any(filter.actor(), entry.actor().id())
        && any(filter.resourceKind(), entry.resource().kind())
        && any(filter.resourceId(), entry.resource().id())
        && any(filter.outcome(), entry.outcome())
        && any(filter.requestId(), entry.origin().requestId())
        && (filter.from() == null || !entry.at().isBefore(filter.from()))
        && (filter.until() == null || entry.at().isBefore(filter.until()));
  }

  private static boolean any(@Nullable Object wanted, @Nullable Object present) {
    return wanted == null || wanted.equals(present);
  }

  /** All entries, in the order in which they came. */
  Stream<AuditEntry> inOrder() {
    return entries.stream();
  }

  /** Takes entries away. */
  int remove(Predicate<AuditEntry> which) {
    return entries.removeIf(which);
  }

  private static Cursor cursor(AuditEntry entry) {
    return new Cursor(entry.at(), entry.id());
  }

  @Override
  public int preparePartitions(Instant now) {
    return storage.forAllTenants(() -> {
      YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
      int missing = 0;
      for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
        YearMonth wanted = month.plusMonths(ahead);
        if (partitions.find(wanted).isEmpty()) {
          partitions.put(wanted, wanted);
          missing++;
        }
      }
      return missing;
    });
  }
}
