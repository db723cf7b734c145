package dev.muster.ports.out.audit;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.ChainHash;
import dev.muster.domain.audit.Seal;
import dev.muster.domain.audit.SignedHead;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import dev.muster.ports.out.tenancy.InMemoryTenants;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The chains of the audit logs and how long these are kept, in memory. Transactions come one after
 * another here, so that none is late.
 */
public final class InMemoryAuditChains implements AuditChains, AuditRetentions {
  private static final String HERE = "here";

  private final InMemoryStorage storage;
  private final InMemoryAuditLog log;
  private final InMemoryTenants accounts;
  private final InMemoryTable<UUID, Seal> seals;
  private final InMemoryTable<TenantId, SignedHead> heads;
  private final InMemoryTable<String, UUID> position;
  private final InMemoryTable<TenantId, Retention> retentions;

  /** Of a log. */
  public InMemoryAuditChains(
      InMemoryStorage storage, InMemoryAuditLog log, InMemoryTenants accounts) {
    this.storage = storage;
    this.log = log;
    this.accounts = accounts;
    this.seals = storage.table();
    this.heads = storage.table();
    this.position = storage.table();
    this.retentions = storage.table();
  }

  @Override
  public List<Next> next(int most) {
    return storage.forAllTenants(() ->
        waiting()
            .limit(most)
            .map(entry -> new Next(entry, seals.find(entry.id()).isPresent()))
            .toList());
  }

  private Stream<AuditEntry> waiting() {
    Optional<UUID> last = position.find(HERE);
    boolean known = last.isPresent() && log.inOrder().anyMatch(e -> e.id().equals(last.get()));
    return known
        ? log.inOrder().dropWhile(entry -> !entry.id().equals(last.get())).skip(1)
        : log.inOrder();
  }

  @Override
  public void pass(AuditEntry last) {
    storage.forAllTenants(() -> {
      position.put(HERE, last.id());
      return true;
    });
  }

  @Override
  public void extend(List<Seal> added, List<SignedHead> newHeads) {
    storage.forAllTenants(() -> {
      added.forEach(seal -> seals.put(seal.entry(), seal));
      newHeads.forEach(head -> heads.put(head.head().tenant(), head));
      return true;
    });
  }

  @Override
  public Map<TenantId, Standing> standings(Collection<TenantId> tenants) {
    return storage.forAllTenants(() -> {
      Map<TenantId, Standing> standings = new LinkedHashMap<>();
      for (TenantId tenant : tenants) {
        SignedHead head = heads.find(tenant).orElse(null);
        List<Seal> links = chain(tenant);
        if (head != null || !links.isEmpty()) {
          standings.put(
              tenant,
              links.isEmpty()
                  ? new Standing(head, 0, ChainHash.NONE)
                  : new Standing(head, links.getLast().seq(), links.getLast().hash()));
        }
      }
      return standings;
    });
  }

  private List<Seal> chain(TenantId tenant) {
    return seals.stream()
        .filter(seal -> seal.tenant().equals(tenant))
        .sorted(Comparator.comparing(Seal::seq))
        .toList();
  }

  @Override
  public List<SignedHead> heads(@Nullable TenantId after, int most) {
    return storage.forAllTenants(() ->
        heads.stream()
            .filter(each -> isAfter(each.head().tenant(), after))
            .sorted(Comparator.comparing(each -> each.head().tenant().toString()))
            .limit(most)
            .toList());
  }

  private static boolean isAfter(TenantId tenant, @Nullable TenantId after) {
    return after == null || tenant.toString().compareTo(after.toString()) > 0;
  }

  @Override
  public List<TenantId> tenants(@Nullable TenantId after, int most) {
    return storage.forAllTenants(() ->
        Stream.concat(
                accounts.list(new PageRequest(PageRequest.MOST, null)).items().stream()
                    .map(Tenant::id),
                heads.stream().map(each -> each.head().tenant()))
            .distinct()
            .filter(each -> isAfter(each, after))
            .sorted(Comparator.comparing(TenantId::toString))
            .limit(most)
            .toList());
  }

  @Override
  public List<Link> links(TenantId tenant, long after, int most) {
    return storage.forAllTenants(() ->
        chain(tenant).stream()
            .filter(seal -> seal.seq() > after)
            .limit(most)
            .map(seal -> new Link(seal, entry(seal)))
            .toList());
  }

  private @Nullable AuditEntry entry(Seal seal) {
    return log.inOrder().filter(each -> each.id().equals(seal.entry())).findAny().orElse(null);
  }

  @Override
  public List<Filed> filed(TenantId tenant, @Nullable Cursor after, int most) {
    return storage.forAllTenants(() -> {
      Set<UUID> waiting = waiting().map(AuditEntry::id).collect(Collectors.toSet());
      return log.inOrder()
          .filter(entry -> entry.tenant().equals(tenant))
          .sorted(
              Comparator.comparing(AuditEntry::at).thenComparing(entry -> entry.id().toString()))
          .dropWhile(entry -> after != null && !entry.id().equals(after.id()))
          .skip(after == null ? 0 : 1)
          .limit(most)
          .map(entry ->
              new Filed(
                  entry.id(),
                  entry.at(),
                  seals.find(entry.id()).isPresent(),
                  waiting.contains(entry.id())))
          .toList();
    });
  }

  @Override
  public Optional<Instant> oldestWaiting() {
    return storage.forAllTenants(() -> waiting().map(AuditEntry::at).findFirst());
  }

  @Override
  public Optional<Integer> find(TenantId tenant) {
    return storage.forAllTenants(() -> retentions.find(tenant).map(Retention::days));
  }

  @Override
  public void set(TenantId tenant, @Nullable Integer days) {
    storage.forAllTenants(() -> {
      if (days == null) {
        retentions.remove(tenant);
      } else {
        retentions.put(tenant, new Retention(tenant, days));
      }
      return true;
    });
  }

  @Override
  public List<Retention> all() {
    return storage.forAllTenants(() -> retentions.stream().toList());
  }

  @Override
  public Optional<Seal> lastBefore(TenantId tenant, Instant before, int most) {
    return storage.forAllTenants(() ->
        chain(tenant).stream()
            .limit(most)
            .takeWhile(seal -> seal.at().isBefore(before))
            .reduce((first, second) -> second));
  }

  @Override
  public int remove(TenantId tenant, long through) {
    return storage.forAllTenants(() -> {
      Set<UUID> gone =
          chain(tenant).stream()
              .filter(seal -> seal.seq() <= through)
              .map(Seal::entry)
              .collect(Collectors.toSet());
      // What was passed stays passed, whether it is still there or not.
      position
          .find(HERE)
          .filter(gone::contains)
          .ifPresent(last ->
              log.inOrder()
                  .takeWhile(entry -> !entry.id().equals(last))
                  .map(AuditEntry::id)
                  .filter(id -> !gone.contains(id))
                  .reduce((first, second) -> second)
                  .ifPresentOrElse(id -> position.put(HERE, id), () -> position.remove(HERE)));
      seals.removeIf(seal -> gone.contains(seal.entry()));
      return log.remove(entry -> gone.contains(entry.id()));
    });
  }

  @Override
  public int dropEmptyPartitions(Instant before) {
    return 0;
  }

  @Override
  public boolean defaultPartitionUsed() {
    return false;
  }
}
