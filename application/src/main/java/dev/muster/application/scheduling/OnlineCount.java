package dev.muster.application.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.StorageUnavailable;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.scheduling.JobQueue.OnlineAgents;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many agents are online and could take what. To count thousands takes longer than all else in
 * a round, so in steady work it is done beside it, before the last count is too old. Used by the
 * planning thread.
 */
final class OnlineCount {
  /** How old a count may be. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(OnlineCount.class);

  private final Transactions transactions;
  private final Function<Instant, OnlineAgents> counting;
  private final Duration lease;
  private final Executor beside;
  private final LongSupplier nanos;
  private final Map<AgentId, Instant> counted = new HashMap<>();
  private final AtomicBoolean isUnderway = new AtomicBoolean();
  private volatile Count last;

  /** A count, begun at a moment of the monotonic clock. */
  private record Count(OnlineAgents online, long begunAt) {}

  /**
   * Has {@code counting} count who was seen since a moment, in a transaction.
   *
   * @param lease agents seen within it are online
   * @param beside runs what nobody waits for
   * @param nanos a monotonic clock
   */
  OnlineCount(
      Transactions transactions,
      Function<Instant, OnlineAgents> counting,
      Duration lease,
      Executor beside,
      LongSupplier nanos) {
    this.transactions = transactions;
    this.counting = counting;
    this.lease = lease;
    this.beside = beside;
    this.nanos = nanos;
    this.last = new Count(OnlineAgents.NONE, nanos.getAsLong() - FRESH.toNanos());
  }

  /** The last count. */
  OnlineAgents last() {
    return last.online();
  }

  /**
   * Counts, in the open transaction where that cannot wait.
   *
   * @param come agents that may have come just now: they are counted at once
   * @param here all that wait here
   */
  void refresh(Set<AgentId> come, Set<AgentId> here, Instant now) {
    long begun = nanos.getAsLong();
    long age = begun - last.begunAt();
    if (age >= FRESH.toNanos() || !counted.keySet().containsAll(come)) {
      keep(new Count(counting.apply(now.minus(lease)), begun));
      note(here, now);
    } else if (age >= FRESH.toNanos() / 2 && isUnderway.compareAndSet(false, true)) {
      note(here, now);
      beside.execute(() -> countBeside(now.minus(lease), begun));
    }
  }

  private void note(Set<AgentId> here, Instant now) {
    counted.values().removeIf(seen -> seen.isBefore(now.minus(lease)));
    here.forEach(agent -> counted.put(agent, now));
  }

  private synchronized void keep(Count count) {
    if (count.begunAt() - last.begunAt() >= 0) {
      last = count;
    }
  }

  private void countBeside(Instant since, long begun) {
    try {
      keep(new Count(transactions.acrossTenants(() -> counting.apply(since)), begun));
    } catch (StorageUnavailable away) {
      LOG.debug("agents could not be counted: {}", away.getMessage());
    } finally {
      isUnderway.set(false);
    }
  }
}
