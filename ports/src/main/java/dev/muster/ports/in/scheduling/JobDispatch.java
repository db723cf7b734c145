package dev.muster.ports.in.scheduling;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Giving jobs to agents. */
public interface JobDispatch {
  /** The longest that a claim may wait. */
  Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /**
   * Takes jobs for the calling agent, or waits for some, on the caller's thread. It ends early when
   * the agent is told something, is disabled ({@code agent_disabled}), or the server stops or two
   * thirds of a lease have passed (an empty answer). A claim that names a {@code claimId} under
   * which the agent still has jobs answers those.
   */
  Outcome<Claimed> claim(Caller caller, Claim claim) throws InterruptedException;

  /**
   * What an agent asks for.
   *
   * @param abilities what it can run now, or null for all that it enrolled with
   * @param workerType or null for the one it enrolled with
   * @param tenant the one tenant that it will serve, or null for any that it may
   * @param patience how long to wait when there is nothing
   * @param maxJobs at most so many; 0 waits for what the server has to say only
   * @param claimId makes the claim repeatable, or null
   */
  record Claim(
      @Nullable Abilities abilities,
      @Nullable String workerType,
      @Nullable TenantSlug tenant,
      int maxJobs,
      Duration patience,
      @Nullable String claimId) {
    /** The most jobs in one claim. */
    public static final int MOST_JOBS = 100;
  }

  /** What an agent gets: jobs, things to do, or neither. */
  record Claimed(List<LeasedJob> jobs, List<Control> control) {
    /** Nothing. */
    public static final Claimed NOTHING = new Claimed(List.of(), List.of());
  }

  /** A job under a lease, with the slug of its tenant, by which the agent's vault knows it. */
  record LeasedJob(Job job, TenantSlug tenantSlug) {}

  /** Something that the agent must do beside its jobs. */
  sealed interface Control {
    /** Stop a job and acknowledge it. */
    record Cancel(JobId job, int attempt) implements Control {}

    /** Drain, or take work again. */
    record Fleet(AgentControl control) implements Control {}
  }
}
