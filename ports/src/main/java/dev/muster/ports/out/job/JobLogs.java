package dev.muster.ports.out.job;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.job.JobQueries.LogPage;
import java.util.List;

/** What jobs wrote. */
public interface JobLogs {
  /**
   * Adds lines of an attempt at the end of the job's log; those whose {@code seq} is there already
   * are ignored. Where the log reaches its {@link dev.muster.domain.job.LogLimit} it ends, with one
   * line that says so.
   *
   * @return how many were new and are kept
   */
  int append(TenantId tenant, JobId job, int attempt, List<LogLine> lines);

  /** Lines after a position, in order. */
  LogPage read(TenantId tenant, JobId job, long after, int limit);
}
