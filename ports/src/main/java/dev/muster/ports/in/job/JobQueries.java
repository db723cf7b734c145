package dev.muster.ports.in.job;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Attempt;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looking at jobs: those of the caller's tenant, or for operators of all. */
public interface JobQueries {
  /** One job. */
  Outcome<JobStanding> find(Caller caller, JobId job);

  /** Jobs, newest first. */
  Page<JobStanding> list(Caller caller, JobFilter filter, PageRequest page);

  /** The attempts of a job, oldest first. */
  Outcome<List<Attempt>> attempts(Caller caller, JobId job);

  /**
   * Log lines of a job in the order in which they arrived.
   *
   * @param after the last position that was seen, 0 for the beginning
   * @param limit at most this many
   */
  Outcome<LogPage> logs(Caller caller, JobId job, long after, int limit);

  /**
   * Which jobs; null means any.
   *
   * @param tenant for operators only: one tenant's
   * @param errorClass those that failed so
   * @param agent those that it has or had last
   * @param finishedAfter those that ended at this moment or later
   * @param finishedBefore those that ended earlier than this
   */
  record JobFilter(
      @Nullable JobStatus status,
      @Nullable String type,
      @Nullable Priority priority,
      @Nullable TenantId tenant,
      @Nullable String errorClass,
      @Nullable AgentId agent,
      @Nullable Instant finishedAfter,
      @Nullable Instant finishedBefore) {
    /** All jobs. */
    public static final JobFilter ALL = new JobFilter(null, null, null, null);

    /** Jobs however they ended. */
    public JobFilter(
        @Nullable JobStatus status,
        @Nullable String type,
        @Nullable Priority priority,
        @Nullable TenantId tenant) {
      this(status, type, priority, tenant, null, null, null, null);
    }

    /** The same jobs, of one tenant. */
    public JobFilter ofTenant(TenantId one) {
      return new JobFilter(
          status, type, priority, one, errorClass, agent, finishedAfter, finishedBefore);
    }

    /** The same jobs, where they stand so. */
    public JobFilter withStatus(JobStatus one) {
      return new JobFilter(
          one, type, priority, tenant, errorClass, agent, finishedAfter, finishedBefore);
    }

    /** The same jobs, where they ended earlier than a moment too. */
    public JobFilter endedBefore(Instant moment) {
      boolean earlier = finishedBefore != null && finishedBefore.isBefore(moment);
      return new JobFilter(
          status,
          type,
          priority,
          tenant,
          errorClass,
          agent,
          finishedAfter,
          earlier ? finishedBefore : moment);
    }
  }

  /**
   * A part of a job's log.
   *
   * @param next the position to go on after; equal to the one asked for where there was nothing
   */
  record LogPage(List<StoredLine> lines, long next) {}

  /**
   * A line with its place in the job's whole log, which spans attempts.
   *
   * @param position from 1, in order of arrival
   */
  record StoredLine(long position, int attempt, LogLine line) {}
}
