package dev.muster.application;

import dev.muster.application.job.BulkRetryService;
import dev.muster.application.job.FreeAgents;
import dev.muster.application.job.JobControlService;
import dev.muster.application.job.JobExplanationService;
import dev.muster.application.job.JobQueryService;
import dev.muster.application.job.JobSubmissionService;

/** Jobs, as those see them who want them done, over ports in memory. */
interface JobServices extends Ground {
  /** Where jobs are submitted. */
  default JobSubmissionService submission() {
    return new JobSubmissionService(
        ports().transactions(),
        new JobSubmissionService.Queue(
            ports().tenants(),
            ports().intake(),
            ports().jobDirectory(),
            new FreeAgents(
                ports().transactions(),
                ports().jobQueue(),
                Installation.LEASE,
                Installation.REGION_PATIENCE),
            ports().wakeups()),
        secrets(),
        auditing(),
        ports().clock(),
        ids());
  }

  /** Where jobs are looked at. */
  default JobQueryService queries() {
    return new JobQueryService(
        ports().transactions(),
        ports().jobs(),
        ports().jobLogs(),
        ports().jobDirectory(),
        ports().clock());
  }

  /** Where jobs are steered. */
  default JobControlService control() {
    return new JobControlService(
        ports().transactions(),
        ports().jobs(),
        ports().jobDirectory(),
        changes(),
        ports().wakeups(),
        auditing(),
        ports().clock());
  }

  /** Where many jobs are tried again. */
  default BulkRetryService bulkRetry() {
    return new BulkRetryService(
        ports().transactions(),
        ports().endedJobs(),
        ports().jobDirectory(),
        ports().wakeups(),
        auditing(),
        ports().clock());
  }

  /** What says why jobs wait. */
  default JobExplanationService explanations() {
    return new JobExplanationService(
        ports().transactions(),
        ports().jobs(),
        ports().jobDirectory(),
        ports().tenants(),
        ports().jobQueue(),
        ports().clock(),
        Installation.LEASE,
        Installation.REGION_PATIENCE);
  }
}
