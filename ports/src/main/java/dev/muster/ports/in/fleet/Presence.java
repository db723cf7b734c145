package dev.muster.ports.in.fleet;

import dev.muster.domain.job.JobId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How agents stay present and keep their leases. */
public interface Presence {
  /**
   * Renews the leases of the jobs that the agent names, and tells it what to stop. A job that two
   * heartbeats in a row do not name is released; a heartbeat that names no list releases nothing.
   */
  Outcome<Answer> heartbeat(Caller caller, Heartbeat heartbeat);

  /**
   * What an agent says of itself.
   *
   * @param activeJobs the jobs that it works on, or null where it does not say
   * @param draining whether it has been told to stop by its own host, or null where it does not say
   */
  record Heartbeat(
      @Nullable List<ActiveJob> activeJobs, @Nullable String version, @Nullable Boolean draining) {}

  /** A job that an agent works on. */
  record ActiveJob(JobId job, int attempt) {}

  /**
   * What the agent must know.
   *
   * @param cancel jobs to stop and acknowledge
   * @param lost jobs that are no longer the agent's: stop them and say nothing
   */
  record Answer(List<JobId> cancel, List<JobId> lost, int nextHeartbeatSeconds) {}
}
