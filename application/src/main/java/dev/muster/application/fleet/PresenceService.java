package dev.muster.application.fleet;

import dev.muster.application.gathering.Gathering;
import dev.muster.application.gathering.Turnstile;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.Presence;
import dev.muster.ports.out.fleet.Sightings;
import dev.muster.ports.out.fleet.Sightings.Sighting;
import dev.muster.ports.out.job.Leases;
import dev.muster.ports.out.job.Leases.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps agents present and their leases alive. Agents that speak at the same moment are heard
 * together.
 */
public final class PresenceService implements Presence {
  private static final int HEARTBEATS_IN_A_LEASE = 3;
  private static final int MOST_TOGETHER = 100;
  private static final int BATCHES_AT_ONCE = 2;

  /** Of those with a job that somebody holds at the moment, as many wait for it at once. */
  private static final int ALONE_AT_ONCE = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Whatever was assigned, it was later: nothing is missed. */
  private static final Instant NOTHING_IS_KNOWN = Instant.EPOCH;

  private final Sightings sightings;
  private final Leases leases;
  private final Withdrawal withdrawal;
  private final InstantSource clock;
  private final Duration lease;
  private final Gathering<Said, Renewal> gathering =
      new Gathering<>(this::heard, MOST_TOGETHER, BATCHES_AT_ONCE);
  private final Turnstile turnstile = new Turnstile(ALONE_AT_ONCE, PATIENCE);
  private final Turnstile withdrawals = new Turnstile(ALONE_AT_ONCE, PATIENCE);

  /**
   * Renews leases in {@code leases}.
   *
   * @param lease how long a job stays with an agent that says nothing
   */
  public PresenceService(
      Sightings sightings,
      Leases leases,
      Withdrawal withdrawal,
      InstantSource clock,
      Duration lease) {
    this.sightings = sightings;
    this.leases = leases;
    this.withdrawal = withdrawal;
    this.clock = clock;
    this.lease = lease;
  }

  /**
   * What an agent said of itself.
   *
   * @param at when it was said, however long others are heard before it
   * @param named the jobs that it works on; null where it spoke of none
   */
  private record Said(
      Caller caller, Instant at, @Nullable String version, @Nullable Map<JobId, Integer> named) {
    static Said of(Caller caller, Heartbeat heartbeat, Instant at) {
      List<ActiveJob> active = heartbeat.activeJobs();
      Map<JobId, Integer> named = new HashMap<>();
      if (active != null) {
        active.forEach(job -> named.merge(job.job(), job.attempt(), Math::max));
      }
      return new Said(caller, at, heartbeat.version(), active == null ? null : named);
    }
  }

  @Override
  public Outcome<Answer> heartbeat(Caller caller, Heartbeat heartbeat) {
    Said said = Said.of(caller, heartbeat, clock.instant());
    Renewal renewal = gathering.of(said);
    if (!renewal.missedTwice().isEmpty()) {
      withdrawals.through(() -> {
        withdrawal.of(renewal.missedTwice(), caller.agent());
        return true;
      });
    }
    return Outcome.done(
        said.named() == null
            ? answer(List.of(), List.of())
            : answer(said.named(), renewal, caller));
  }

  private List<Renewal> heard(List<Said> together) {
    Instant at = Collections.min(together.stream().map(Said::at).toList());
    sightings.note(
        together.stream()
            .map(said ->
                new Sighting(
                    said.caller().tenant(), said.caller().agent(), said.at(), said.version()))
            .toList());
    Map<AgentId, Map<JobId, Integer>> named = new HashMap<>();
    for (Said said : together) {
      if (said.named() != null) {
        Map<JobId, Integer> its =
            named.computeIfAbsent(said.caller().agent(), a -> new HashMap<>());
        said.named().forEach((job, attempt) -> its.merge(job, attempt, Math::max));
      }
    }
    Map<AgentId, Renewal> renewals =
        named.isEmpty() ? Map.of() : leases.renew(named, at.plus(lease), at.minus(beat()));
    return together.stream()
        .map(said -> renewals.getOrDefault(said.caller().agent(), Renewal.NOTHING))
        .toList();
  }

  /**
   * A job that was passed over because somebody held it is looked at once more before it is lost.
   */
  private Answer answer(Map<JobId, Integer> named, Renewal together, Caller caller) {
    Set<JobId> renewed = new HashSet<>(together.renewed());
    List<JobId> cancel = new ArrayList<>(together.cancelRequested());
    if (!renewed.containsAll(named.keySet())) {
      Renewal alone =
          turnstile.through(() ->
              leases.renew(caller.agent(), named, clock.instant().plus(lease), NOTHING_IS_KNOWN));
      renewed.addAll(alone.renewed());
      alone.cancelRequested().stream().filter(job -> !cancel.contains(job)).forEach(cancel::add);
    }
    cancel.removeIf(job -> !named.containsKey(job));
    return answer(cancel, named.keySet().stream().filter(job -> !renewed.contains(job)).toList());
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
