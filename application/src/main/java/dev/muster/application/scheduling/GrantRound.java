package dev.muster.application.scheduling;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.Auditing.Deed;
import dev.muster.application.audit.State;
import dev.muster.application.job.JobChanges;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobMethod;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.scheduling.Planned;
import dev.muster.domain.scheduling.WaitingAgents;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.scheduling.JobQueue;
import dev.muster.ports.out.scheduling.JobQueue.Assignment;
import dev.muster.ports.out.scheduling.JobQueue.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Plans for the agents that wait and carries the plan out, within an open transaction. */
final class GrantRound {
  private final JobQueue queue;
  private final ReplicaMemory memory;
  private final Auditing auditing;
  private final Duration lease;

  GrantRound(JobQueue queue, ReplicaMemory memory, Auditing auditing, Duration lease) {
    this.queue = queue;
    this.memory = memory;
    this.auditing = auditing;
    this.lease = lease;
  }

  /**
   * What a plan came to.
   *
   * @param jobs what agents got
   * @param unserved agents that were to get a job and got none or fewer: they were looked upon
   *     otherwise than they are
   * @param contested how many of the plan's jobs did not start
   */
  record Grants(Map<AgentId, List<LeasedJob>> jobs, Set<AgentId> unserved, int contested) {
    static final Grants NONE = new Grants(Map.of(), Set.of(), 0);
  }

  /**
   * Plans and grants.
   *
   * @param polls the poll by which an agent is answered
   */
  Grants play(WaitingAgents waiting, Function<AgentId, Optional<Poll>> polls, Instant now) {
    List<Planned> plan = memory.plan(waiting, now);
    if (plan.isEmpty()) {
      memory.settle(Execution.NOTHING);
      return Grants.NONE;
    }
    List<Assignment> assignments =
        plan.stream()
            .map(planned ->
                new Assignment(
                    planned,
                    polls
                        .apply(planned.grant().agent())
                        .map(poll -> poll.claim().claimId())
                        .orElse(null)))
            .toList();
    Execution execution = queue.execute(assignments, now, now.plus(lease));
    memory.settle(execution);
    auditing.doneTogether(
        execution.started().stream().map(job -> deed(job, callerOf(job, polls))).toList());
    return grants(plan, execution);
  }

  private static Grants grants(List<Planned> plan, Execution execution) {
    Map<AgentId, List<LeasedJob>> jobs = byAgent(execution.started());
    Map<AgentId, Long> planned =
        plan.stream()
            .collect(Collectors.groupingBy(one -> one.grant().agent(), Collectors.counting()));
    Set<AgentId> unserved = new HashSet<>();
    planned.forEach((agent, count) -> {
      if (jobs.getOrDefault(agent, List.of()).size() < count) {
        unserved.add(agent);
      }
    });
    return new Grants(jobs, unserved, plan.size() - execution.started().size());
  }

  static Map<AgentId, List<LeasedJob>> byAgent(List<LeasedJob> jobs) {
    return jobs.stream()
        .collect(
            Collectors.groupingBy(GrantRound::agentOf, LinkedHashMap::new, Collectors.toList()));
  }

  private static Deed deed(LeasedJob leased, Caller caller) {
    Job job = leased.job();
    JobMethod how = JobMethod.of(job.spec().payload());
    return new Deed(
        caller,
        job.tenant(),
        "agent.task_claimed",
        JobChanges.resource(job.id()),
        State.of("status", JobStatus.QUEUED).with("attempt", job.attempt() - 1),
        JobChanges.stateOf(job)
            .with("type", job.spec().type())
            .with("connector", how.connector())
            .with("method", how.method()));
  }

  private static Caller callerOf(LeasedJob leased, Function<AgentId, Optional<Poll>> polls) {
    return polls
        .apply(agentOf(leased))
        .map(Poll::caller)
        .orElseThrow(() -> new IllegalStateException("a job went to an agent that did not ask"));
  }

  private static AgentId agentOf(LeasedJob leased) {
    if (leased.job().agent() instanceof AgentId agent) {
      return agent;
    }
    throw new IllegalStateException("a leased job has an agent");
  }
}
