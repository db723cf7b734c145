package dev.muster.application.fleet;

import dev.muster.application.job.JobChanges;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobLifecycle;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.JobDirectory;
import dev.muster.ports.out.job.JobDirectory.Ref;
import dev.muster.ports.out.job.Jobs;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Takes jobs back from an agent without costing them an attempt. */
public final class Withdrawal {
  private final Transactions transactions;
  private final JobDirectory directory;
  private final Jobs jobs;
  private final JobChanges changes;
  private final InstantSource clock;

  /** Changes jobs through {@code changes}. */
  public Withdrawal(
      Transactions transactions,
      JobDirectory directory,
      Jobs jobs,
      JobChanges changes,
      InstantSource clock) {
    this.transactions = transactions;
    this.directory = directory;
    this.jobs = jobs;
    this.changes = changes;
    this.clock = clock;
  }

  /** Takes all jobs of an agent back. */
  void ofAll(AgentId agent) {
    transactions.acrossTenants(() -> directory.leasedTo(agent)).forEach(job -> of(job, agent));
  }

  /** Takes some jobs of an agent back. */
  void of(List<Ref> jobs, AgentId agent) {
    jobs.forEach(job -> of(job, agent));
  }

  private void of(Ref ref, AgentId agent) {
    transactions.inTenant(
        ref.tenant(),
        () -> {
          Optional<Job> found =
              jobs.lock(ref.tenant(), ref.job()).filter(job -> agent.equals(job.agent()));
          found.ifPresent(job -> {
            var now = clock.instant();
            changes.apply(null, job, JobLifecycle.onWithdrawn(job, now), now);
          });
          return found.isPresent();
        });
  }
}
