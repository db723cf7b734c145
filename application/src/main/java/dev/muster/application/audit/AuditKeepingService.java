package dev.muster.application.audit;

import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.audit.ChainHead;
import dev.muster.domain.audit.Seal;
import dev.muster.domain.audit.SignedHead;
import dev.muster.domain.credential.AuditSignatures;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.audit.AuditKeeping;
import dev.muster.ports.out.SweepTurns;
import dev.muster.ports.out.audit.AuditChains;
import dev.muster.ports.out.audit.AuditChains.Standing;
import dev.muster.ports.out.audit.AuditRetentions;
import dev.muster.ports.out.audit.AuditRetentions.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals the audit logs, tells how far they reach, and removes what is past its retention. All three
 * change heads, and so share one turn. Thread-safe.
 */
public final class AuditKeepingService implements AuditKeeping {
  /** How often heads are told. */
  public static final Duration BETWEEN_HEADS = Duration.ofHours(1);

  /** Longer than any transaction lives: who waits longer is kept from its link by something. */
  static final Duration LONGEST_LAG = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(AuditKeepingService.class);
  private static final String TURN = "audit seal";
  private static final int AT_ONCE = 2_000;
  private static final int REMOVED_AT_ONCE = 1_000;

  /** A turn ends some time, so that the server can stop. */
  private static final int MOST_BATCHES = 100;

  /** Entries come for a month that is over, as long as it is not long over. */
  private static final Duration SPARE = Duration.ofDays(62);

  /** The database checks each row by its own clock. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  private final SweepTurns turns;
  private final AuditChains chains;
  private final AuditRetentions retentions;
  private final Sealer sealer;
  private final Auditing auditing;
  private final InstantSource clock;

  /** Seals with {@code signatures}. */
  public AuditKeepingService(
      SweepTurns turns,
      AuditChains chains,
      AuditRetentions retentions,
      AuditSignatures signatures,
      Auditing auditing,
      InstantSource clock) {
    this.turns = turns;
    this.chains = chains;
    this.retentions = retentions;
    this.sealer = new Sealer(chains, signatures);
    this.auditing = auditing;
    this.clock = clock;
  }

  @Override
  public int seal() {
    int total = 0;
    int last = AT_ONCE;
    for (int i = 0; i < MOST_BATCHES && last >= AT_ONCE; i++) {
      last = turns.alone(TURN, () -> sealer.seal(AT_ONCE, clock.instant())).orElse(0);
      total += last;
    }
    return total;
  }

  @Override
  public int publishHeads() {
    Instant since = clock.instant().minus(BETWEEN_HEADS);
    int told = 0;
    List<SignedHead> heads = List.of();
    do {
      TenantId after = heads.isEmpty() ? null : heads.getLast().head().tenant();
      heads = turns.alone(TURN, () -> someHeads(after)).orElse(List.of());
      List<SignedHead> grown =
          heads.stream().filter(each -> !each.head().signedAt().isBefore(since)).toList();
      grown.forEach(each -> LOG.info("event={}", each.toLine()));
      told += grown.size();
    } while (!heads.isEmpty());
    return told;
  }

  private List<SignedHead> someHeads(@Nullable TenantId after) {
    List<SignedHead> heads = chains.heads(after, AT_ONCE);
    List<SignedHead> outdated = heads.stream().filter(sealer::isOutdated).toList();
    Instant now = clock.instant();
    chains.extend(
        List.of(), outdated.stream().map(each -> sealer.signed(each.head().at(now))).toList());
    return heads;
  }

  @Override
  public int removeOld() {
    int removed = 0;
    for (Retention retention : retentions.all()) {
      int last = REMOVED_AT_ONCE;
      for (int i = 0; i < MOST_BATCHES && last >= REMOVED_AT_ONCE; i++) {
        last = turns.alone(TURN, () -> removeSome(retention)).orElse(0);
        removed += last;
      }
    }
    Instant before = clock.instant().minus(SPARE);
    int dropped = turns.alone(TURN, () -> retentions.dropEmptyPartitions(before)).orElse(0);
    if (dropped > 0) {
      LOG.info("event=audit_partitions_dropped count={}", dropped);
    }
    return removed;
  }

  private int removeSome(Retention retention) {
    Instant now = clock.instant();
    Instant before = now.minus(Duration.ofDays(retention.days())).minus(CLOCKS_DIFFER);
    TenantId tenant = retention.tenant();
    Optional<Seal> last = retentions.lastBefore(tenant, before, REMOVED_AT_ONCE);
    Standing standing = chains.standings(Set.of(tenant)).get(tenant);
    if (last.isEmpty() || standing == null || sealer.isLocked(standing)) {
      return 0;
    }
    ChainHead head = sealer.trusted(tenant, standing, now);
    int removed = retentions.remove(tenant, last.get().seq());
    chains.extend(List.of(), List.of(sealer.signed(head.without(last.get(), now))));
    auditing.doneByServer(
        tenant,
        "audit.remove",
        new Resource("audit_log", null),
        null,
        State.of("entries", removed).with("through", last.get().seq()).with("before", before));
    return removed;
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    Duration lag =
        chains
            .oldestWaiting()
            .map(oldest -> Duration.between(oldest, clock.instant()))
            .orElse(Duration.ZERO);
    if (lag.compareTo(LONGEST_LAG) > 0) {
      warnings.add("audit_seal_lag_seconds=" + lag.toSeconds());
    }
    if (retentions.defaultPartitionUsed()) {
      warnings.add("audit_default_partition_used");
    }
    return warnings;
  }
}
