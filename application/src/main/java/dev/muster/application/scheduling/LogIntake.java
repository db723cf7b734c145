package dev.muster.application.scheduling;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.domain.job.LogLine;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.JobBatches;
import dev.muster.ports.out.job.JobBatches.Holding;
import dev.muster.ports.out.job.JobDirectory.Ref;
import dev.muster.ports.out.job.JobLogs;
import java.util.List;

/**
 * Takes log lines of agents, under the lock of the job alone: the logs of a tenant's jobs do not
 * wait for each other. Thread-safe.
 */
final class LogIntake {
  private final Transactions transactions;
  private final JobBatches jobs;
  private final JobLogs logs;

  LogIntake(Transactions transactions, JobBatches jobs, JobLogs logs) {
    this.transactions = transactions;
    this.jobs = jobs;
    this.logs = logs;
  }

  Outcome<Integer> take(Caller caller, JobId id, int attempt, List<LogLine> lines) {
    return transactions.acrossTenants(() -> {
      List<Ref> own =
          jobs.find(List.of(id)).stream()
              .filter(ref -> ReportBatch.mayServe(caller, ref.tenant()))
              .toList();
      return jobs.lock(own).stream()
          .findFirst()
          .map(job -> take(caller, job, attempt, lines))
          .orElseGet(ReportBatch::unknown);
    });
  }

  private Outcome<Integer> take(Caller caller, Job job, int attempt, List<LogLine> lines) {
    if (JobLifecycle.isNewestAttempt(job, caller.agent(), attempt)) {
      return Outcome.done(logs.append(job.tenant(), job.id(), attempt, lines));
    }
    Holding once = new Holding(new Ref(job.tenant(), job.id()), caller.agent());
    return caller.agent().equals(job.agent()) || !jobs.everHeld(List.of(once)).isEmpty()
        ? ReportBatch.leaseLost()
        : ReportBatch.unknown();
  }
}
