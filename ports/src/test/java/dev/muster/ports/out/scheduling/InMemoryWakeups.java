package dev.muster.ports.out.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.TenantStanding;
import dev.muster.ports.in.scheduling.Wakeable;
import dev.muster.ports.out.Transactions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Wakes those who were named here, and keeps what it signalled: after the commit only, as with
 * every storage. Thread-safe.
 */
public final class InMemoryWakeups implements Wakeups {
  /** What is kept where jobs may have become claimable. */
  public static final String JOBS = "jobs";

  private final Transactions transactions;
  private final List<Wakeable> sleepers = new CopyOnWriteArrayList<>();
  private final List<String> signals = new CopyOnWriteArrayList<>();

  /** Of the given transactions. */
  public InMemoryWakeups(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Wakes this one, too, from now on. */
  public void wake(Wakeable sleeper) {
    sleepers.add(sleeper);
  }

  /** What was signalled since the last call: {@link #JOBS}, or an agent's id. */
  public List<String> heard() {
    List<String> heard = List.copyOf(signals);
    signals.clear();
    return heard;
  }

  @Override
  public void jobsArrived(TenantStanding after, List<QueuedJob> jobs) {
    transactions.afterCommit(() -> {
      signals.add(JOBS);
      sleepers.forEach(sleeper -> sleeper.jobsArrived(after, jobs));
    });
  }

  @Override
  public void standingChanged(TenantStanding after) {
    transactions.afterCommit(() -> {
      signals.add(JOBS);
      sleepers.forEach(sleeper -> sleeper.standingChanged(after));
    });
  }

  @Override
  public void jobsMayWait() {
    transactions.afterCommit(() -> {
      signals.add(JOBS);
      sleepers.forEach(Wakeable::jobsMayWait);
    });
  }

  @Override
  public void agentConcerned(AgentId agent) {
    transactions.afterCommit(() -> {
      signals.add(agent.toString());
      sleepers.forEach(sleeper -> sleeper.agentConcerned(agent));
    });
  }

  @Override
  public void credentialsChanged() {
    transactions.afterCommit(() -> sleepers.forEach(Wakeable::credentialsChanged));
  }
}
