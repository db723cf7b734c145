package dev.muster.ports.in.scheduling;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Report;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import java.util.List;

/**
 * What agents say of their jobs. Every report carries the attempt; a stale one is {@code
 * lease_lost} and changes nothing. A job that was never this agent's is {@code not_found}.
 */
public interface JobReporting {
  /** Takes a report; the same completion again is answered as before. */
  Outcome<Job> report(Caller caller, JobId job, int attempt, Report report);

  /**
   * Takes several reports, each for itself and in order: one that is refused, or that fails, spoils
   * no other.
   *
   * @return the answer to each
   */
  List<Outcome<Job>> reportAll(Caller caller, List<AttemptReport> reports);

  /**
   * What is said of one attempt of a job.
   *
   * @param attempt the fence that the agent was given
   */
  record AttemptReport(JobId job, int attempt, Report report) {}

  /**
   * Takes log lines; those whose {@code seq} is known are ignored.
   *
   * @return how many were new
   */
  Outcome<Integer> log(Caller caller, JobId job, int attempt, List<LogLine> lines);
}
