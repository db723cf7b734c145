package dev.muster.application.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.Transition;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.JobBatches;
import dev.muster.ports.out.job.JobDirectory.Ref;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes jobs that the server decides on by itself: what sweeps find, and what is taken back from
 * agents. Many share a transaction, so that a fleet that dies at once is dealt with in seconds.
 * Thread-safe.
 */
public final class OwnDecisions {
  private static final Logger LOG = LoggerFactory.getLogger(OwnDecisions.class);

  /** Locks are held while so many are written; reports of these tenants wait for that long. */
  private static final int AT_ONCE = 100;

  private final Transactions transactions;
  private final JobBatches jobs;
  private final JobChanges changes;
  private final InstantSource clock;

  /** Changes jobs through {@code changes}. */
  public OwnDecisions(
      Transactions transactions, JobBatches jobs, JobChanges changes, InstantSource clock) {
    this.transactions = transactions;
    this.jobs = jobs;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Has each of these jobs decided on as it is then, under its lock, and carries that out.
   *
   * @return how many changed
   */
  public int change(List<Ref> refs, BiFunction<Job, Instant, Transition> decide) {
    int changed = 0;
    for (int from = 0; from < refs.size(); from += AT_ONCE) {
      changed += together(refs.subList(from, Math.min(refs.size(), from + AT_ONCE)), decide);
    }
    return changed;
  }

  /** A bug that one job meets must not keep all behind it waiting; storage that is away does. */
  private int together(List<Ref> refs, BiFunction<Job, Instant, Transition> decide) {
    try {
      return transactions.acrossTenants(() -> decided(refs, decide));
    } catch (IllegalStateException fault) {
      if (refs.size() == 1) {
        LOG.warn("event=job_skipped job={} cause={}", refs.getFirst().job(), fault.toString());
        return 0;
      }
      return refs.stream().mapToInt(ref -> together(List.of(ref), decide)).sum();
    }
  }

  private int decided(List<Ref> refs, BiFunction<Job, Instant, Transition> decide) {
    ChangedJobs changed = new ChangedJobs();
    int count = 0;
    List<Job> locked = jobs.lock(refs);
    Instant now = clock.instant();
    for (Job job : locked) {
      Job after = changed.apply(null, job, decide.apply(job, now), now);
      count += after.equals(job) ? 0 : 1;
    }
    changes.write(changed);
    return count;
  }
}
