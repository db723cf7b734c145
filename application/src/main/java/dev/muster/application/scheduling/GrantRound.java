package dev.muster.application.scheduling;

import dev.muster.application.audit.Auditing;
import dev.muster.application.job.JobChanges;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.ClaimPlanner;
import dev.muster.domain.scheduling.Grant;
import dev.muster.domain.scheduling.QueueView;
import dev.muster.domain.scheduling.Seeker;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobDispatch.Claim;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.scheduling.AgentNews;
import dev.muster.ports.out.scheduling.AgentNews.News;
import dev.muster.ports.out.scheduling.JobQueue;
import dev.muster.ports.out.scheduling.JobQueue.Assignment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans for some polls and carries the plan out, within an open transaction across tenants. */
final class GrantRound {
  private static final int LARGEST_WINDOW = 200;

  private final JobQueue queue;
  private final AgentNews news;
  private final Auditing auditing;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Duration lease;
  private final Duration regionPatience;

  GrantRound(
      JobQueue queue,
      AgentNews news,
      Auditing auditing,
      InstantSource clock,
      RandomGenerator random,
      Duration lease,
      Duration regionPatience) {
    this.queue = queue;
    this.news = news;
    this.auditing = auditing;
    this.clock = clock;
    this.random = random;
    this.lease = lease;
    this.regionPatience = regionPatience;
  }

  /** What a round came to. */
  record Result(Map<AgentId, News> news, Map<AgentId, List<LeasedJob>> jobs, int contested) {
    /** What agents are told now: those who got jobs are told at their next poll. */
    Map<AgentId, News> toTell() {
      Map<AgentId, News> toTell = new HashMap<>(news);
      toTell
          .entrySet()
          .removeIf(each ->
              each.getValue().isEmpty()
                  || !each.getValue().agent().enabled()
                  || jobs.containsKey(each.getKey()));
      return toTell;
    }
  }

  /**
   * Plans and grants.
   *
   * @param polls at most one of each agent
   */
  Result play(Map<AgentId, Poll> polls) {
    Instant now = clock.instant();
    Map<AgentId, News> known = news.of(polls.keySet());
    Map<AgentId, List<LeasedJob>> jobs = new HashMap<>(repeated(polls.values()));
    List<Seeker> seekers =
        polls.values().stream()
            .filter(poll -> !jobs.containsKey(poll.agent()))
            .flatMap(poll -> seeker(poll, known.get(poll.agent())).stream())
            .filter(seeker -> seeker.slots() > 0)
            .toList();
    List<Grant> plan = seekers.isEmpty() ? List.of() : plan(seekers, now);
    List<LeasedJob> assigned = carryOut(plan, polls, now);
    assigned.forEach(job -> jobs.merge(agentOf(job), List.of(job), GrantRound::joined));
    return new Result(known, jobs, plan.size() - assigned.size());
  }

  /** Jobs that earlier polls under the same claim ids were given and never heard of. */
  private Map<AgentId, List<LeasedJob>> repeated(Collection<Poll> polls) {
    Map<AgentId, String> claimIds = new HashMap<>();
    for (Poll poll : polls) {
      if (poll.claim().claimId() instanceof String claimId) {
        claimIds.put(poll.agent(), claimId);
      }
    }
    return claimIds.isEmpty()
        ? Map.of()
        : queue.assignedUnder(claimIds).stream()
            .collect(Collectors.groupingBy(GrantRound::agentOf));
  }

  private static Optional<Seeker> seeker(Poll poll, @Nullable News its) {
    if (its == null || !its.agent().takesWork() || !its.isEmpty()) {
      return Optional.empty();
    }
    Agent agent = its.agent();
    Claim claim = poll.claim();
    if (servesNobody(agent, claim)) {
      return Optional.empty();
    }
    Abilities abilities =
        claim.abilities() == null ? agent.abilities() : claim.abilities().within(agent.abilities());
    return Optional.of(
        new Seeker(
            agent.id(),
            agent.tenant(),
            abilities,
            claim.workerType() == null ? agent.workerType() : claim.workerType(),
            claim.tenant() == null ? agent.servesTenant() : claim.tenant(),
            claim.maxJobs(),
            agent.leased(),
            agent.maxConcurrent()));
  }

  private static boolean servesNobody(Agent agent, Claim claim) {
    TenantSlug enrolledFor = agent.servesTenant();
    return enrolledFor != null && claim.tenant() != null && !enrolledFor.equals(claim.tenant());
  }

  private List<Grant> plan(List<Seeker> seekers, Instant now) {
    Set<TenantId> tenants = seekers.stream().map(Seeker::tenant).collect(Collectors.toSet());
    int slots = seekers.stream().mapToInt(Seeker::slots).sum();
    QueueView view =
        queue.view(tenants, Math.min(slots, LARGEST_WINDOW), now, now.minus(lease), regionPatience);
    return ClaimPlanner.plan(view, inRandomOrder(seekers));
  }

  /** Among agents alike the plan prefers whom it was given first: that is left to chance. */
  private List<Seeker> inRandomOrder(List<Seeker> seekers) {
    return seekers.stream()
        .map(seeker -> new Lot(seeker, random.nextLong()))
        .sorted(Comparator.comparingLong(Lot::number))
        .map(Lot::seeker)
        .toList();
  }

  private record Lot(Seeker seeker, long number) {}

  private List<LeasedJob> carryOut(List<Grant> plan, Map<AgentId, Poll> polls, Instant now) {
    if (plan.isEmpty()) {
      return List.of();
    }
    List<Assignment> assignments =
        plan.stream()
            .map(grant -> new Assignment(grant, claimIdOf(polls.get(grant.agent()))))
            .toList();
    List<LeasedJob> assigned = queue.assign(assignments, now, now.plus(lease));
    assigned.forEach(job -> note(job, polls));
    return assigned;
  }

  private void note(LeasedJob leased, Map<AgentId, Poll> polls) {
    auditing.done(
        callerOf(leased, polls),
        leased.job().tenant(),
        "agent.task_claimed",
        JobChanges.resource(leased.job().id()),
        null,
        JobChanges.stateOf(leased.job()).with("type", leased.job().spec().type()));
  }

  private static Caller callerOf(LeasedJob leased, Map<AgentId, Poll> polls) {
    if (polls.get(agentOf(leased)) instanceof Poll poll) {
      return poll.caller();
    }
    throw new IllegalStateException("a job went to an agent that did not ask");
  }

  private static @Nullable String claimIdOf(@Nullable Poll poll) {
    return poll == null ? null : poll.claim().claimId();
  }

  private static AgentId agentOf(LeasedJob leased) {
    if (leased.job().agent() instanceof AgentId agent) {
      return agent;
    }
    throw new IllegalStateException("a leased job has an agent");
  }

  private static List<LeasedJob> joined(List<LeasedJob> some, List<LeasedJob> more) {
    List<LeasedJob> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
