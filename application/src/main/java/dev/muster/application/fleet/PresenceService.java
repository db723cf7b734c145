package dev.muster.application.fleet;

import dev.muster.application.gathering.Turnstile;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.Presence;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.job.Leases;
import dev.muster.ports.out.job.Leases.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps agents present and their leases alive. */
public final class PresenceService implements Presence {
  private static final int HEARTBEATS_IN_A_LEASE = 3;
  private static final int HEARTBEATS_AT_ONCE = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Transactions transactions;
  private final Agents agents;
  private final Leases leases;
  private final Withdrawal withdrawal;
  private final InstantSource clock;
  private final Duration lease;
  private final Turnstile turnstile = new Turnstile(HEARTBEATS_AT_ONCE, PATIENCE);

  /**
   * Renews leases in {@code leases}.
   *
   * @param lease how long a job stays with an agent that says nothing
   */
  public PresenceService(
      Transactions transactions,
      Agents agents,
      Leases leases,
      Withdrawal withdrawal,
      InstantSource clock,
      Duration lease) {
    this.transactions = transactions;
    this.agents = agents;
    this.leases = leases;
    this.withdrawal = withdrawal;
    this.clock = clock;
    this.lease = lease;
  }

  @Override
  public Outcome<Answer> heartbeat(Caller caller, Heartbeat heartbeat) {
    return turnstile.through(() -> heard(caller, heartbeat));
  }

  private Outcome<Answer> heard(Caller caller, Heartbeat heartbeat) {
    Instant now = clock.instant();
    transactions.inTenant(
        caller.tenant(),
        () -> {
          agents.seen(caller.tenant(), caller.agent(), now, heartbeat.version());
          return true;
        });
    List<ActiveJob> active = heartbeat.activeJobs();
    return active == null
        ? Outcome.done(answer(List.of(), List.of()))
        : Outcome.done(renew(caller.agent(), active, now));
  }

  private Answer renew(AgentId agent, List<ActiveJob> active, Instant now) {
    Map<JobId, Integer> named = new HashMap<>();
    active.forEach(job -> named.merge(job.job(), job.attempt(), Math::max));
    Renewal renewal =
        transactions.acrossTenants(
            () -> leases.renew(agent, named, now.plus(lease), now.minus(beat())));
    withdrawal.of(renewal.missedTwice(), agent);
    List<JobId> lost =
        named.keySet().stream().filter(job -> !renewal.renewed().contains(job)).toList();
    return answer(renewal.cancelRequested(), lost);
  }

  private Answer answer(List<JobId> cancel, List<JobId> lost) {
    return new Answer(cancel, lost, (int) Math.max(1, beat().toSeconds()));
  }

  /**
   * The time between two heartbeats. One that was on its way when a job was assigned, and is
   * repeated or late, says nothing of that job; a whole beat later it would have.
   */
  private Duration beat() {
    return lease.dividedBy(HEARTBEATS_IN_A_LEASE);
  }
}
