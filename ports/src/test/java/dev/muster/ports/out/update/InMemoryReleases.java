package dev.muster.ports.out.update;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.update.RolloutStatus;
import dev.muster.domain.update.UpdateOutcome;
import dev.muster.domain.update.UpdateRecord;
import dev.muster.ports.in.update.ReleaseAdministration.Tally;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Releases, their artifacts and what agents made of them, in memory. */
public final class InMemoryReleases implements Releases, Artifacts, AgentUpdateLog {
  private static final Comparator<KeptRelease> NEWEST =
      Comparator.comparing(KeptRelease::createdAt).thenComparing(KeptRelease::sequence).reversed();

  private final InMemoryStorage storage;
  private final InMemoryTable<Long, KeptRelease> releases;
  private final InMemoryTable<PieceKey, Piece> pieces;
  private final InMemoryTable<RecordKey, UpdateRecord> records;

  /** Without any. */
  public InMemoryReleases(InMemoryStorage storage) {
    this.storage = storage;
    this.releases = storage.table();
    this.pieces = storage.table();
    this.records = storage.table();
  }

  private record PieceKey(UUID upload, int number) {}

  private record Piece(UUID upload, byte[] bytes, Instant at) {}

  private record RecordKey(TenantId tenant, AgentId agent, long sequence) {}

  @Override
  public boolean add(KeptRelease release) {
    return storage.forAllTenants(() -> {
      boolean free = releases.find(release.sequence()).isEmpty();
      if (free) {
        releases.put(release.sequence(), release);
      }
      return free;
    });
  }

  @Override
  public Optional<KeptRelease> find(long sequence) {
    return storage.forAllTenants(() -> releases.find(sequence));
  }

  @Override
  public Optional<KeptRelease> lock(long sequence) {
    return find(sequence);
  }

  @Override
  public Page<KeptRelease> list(PageRequest page) {
    return storage.forAllTenants(() ->
        Page.of(
            releases.stream()
                .sorted(NEWEST)
                .filter(release -> isAfter(release, page.after()))
                .limit(page.limit() + 1L)
                .toList(),
            page.limit(),
            release -> new Cursor(release.createdAt(), new UUID(0, release.sequence()))));
  }

  private static boolean isAfter(
      KeptRelease release, @org.jspecify.annotations.Nullable Cursor after) {
    return after == null
        || release.createdAt().isBefore(after.at())
        || release.createdAt().equals(after.at())
            && release.sequence() < after.id().getLeastSignificantBits();
  }

  @Override
  public List<KeptRelease> onOffer() {
    return storage.forAllTenants(() ->
        releases.stream()
            .filter(release -> release.artifact() != null)
            .filter(release -> release.rollout().status() == RolloutStatus.RUNNING)
            .sorted(Comparator.comparing(KeptRelease::sequence).reversed())
            .toList());
  }

  @Override
  public void replace(KeptRelease release) {
    boolean there =
        storage.forAllTenants(() -> releases.change(release.sequence(), before -> release));
    if (!there) {
      throw new IllegalStateException("there is no release " + release.sequence());
    }
  }

  @Override
  public Tally tally(long sequence) {
    return storage.forAllTenants(() ->
        new Tally(
            count(sequence, null),
            count(sequence, UpdateOutcome.APPLIED),
            count(sequence, UpdateOutcome.REVERTED),
            count(sequence, UpdateOutcome.REJECTED)));
  }

  private int count(long sequence, @org.jspecify.annotations.Nullable UpdateOutcome outcome) {
    return (int)
        records.stream()
            .filter(known -> known.sequence() == sequence)
            .filter(known -> outcome == null || known.outcome() == outcome)
            .count();
  }

  @Override
  public void add(UUID upload, int number, byte[] piece, Instant at) {
    storage.forAllTenants(() -> {
      pieces.put(new PieceKey(upload, number), new Piece(upload, piece, at));
      return true;
    });
  }

  @Override
  public Optional<byte[]> find(UUID upload, int number) {
    return storage.forAllTenants(() -> pieces.find(new PieceKey(upload, number)).map(Piece::bytes));
  }

  @Override
  public void remove(UUID upload) {
    storage.forAllTenants(() -> pieces.removeIf(piece -> piece.upload().equals(upload)));
  }

  @Override
  public int removeAbandoned(Instant before) {
    return storage.forAllTenants(() -> {
      List<UUID> kept = releases.stream().map(KeptRelease::artifact).toList();
      return pieces.removeIf(
          piece -> piece.at().isBefore(before) && !kept.contains(piece.upload()));
    });
  }

  @Override
  public List<UpdateRecord> of(TenantId tenant, AgentId agent) {
    return storage.forTenant(
        tenant,
        () ->
            records
                .keys()
                .filter(key -> key.tenant().equals(tenant) && key.agent().equals(agent))
                .flatMap(key -> records.find(key).stream())
                .sorted(Comparator.comparing(UpdateRecord::sequence).reversed())
                .toList());
  }

  /** Whether an agent has applied this or a later release, for a transaction across tenants. */
  public boolean hasApplied(AgentId agent, long sequence) {
    return records
        .keys()
        .filter(key -> key.agent().equals(agent) && key.sequence() >= sequence)
        .flatMap(key -> records.find(key).stream())
        .anyMatch(known -> known.outcome() == UpdateOutcome.APPLIED);
  }

  @Override
  public void offered(TenantId tenant, AgentId agent, long sequence, Instant at) {
    storage.forTenant(
        tenant,
        () -> {
          RecordKey key = new RecordKey(tenant, agent, sequence);
          if (records.find(key).isEmpty()) {
            records.put(key, new UpdateRecord(sequence, null, "", null));
          }
          return true;
        });
  }

  @Override
  public boolean reported(
      TenantId tenant,
      AgentId agent,
      long sequence,
      UpdateOutcome outcome,
      String cause,
      Instant at) {
    return storage.forTenant(
        tenant,
        () -> {
          RecordKey key = new RecordKey(tenant, agent, sequence);
          boolean news =
              records
                  .find(key)
                  .filter(known -> known.outcome() != outcome || !known.cause().equals(cause))
                  .isPresent();
          if (news) {
            records.put(key, new UpdateRecord(sequence, outcome, cause, at));
          }
          return news;
        });
  }
}
