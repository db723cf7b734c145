package dev.muster.application.job;

import dev.muster.application.gathering.Gathering;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.JobDirectory;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where new jobs stand in line. It is looked up after the transaction that took them, so that
 * nobody waits for it who wants to submit, and for all at once who want to know at the same moment.
 */
final class Places {
  private static final int LAST_KNOWN = 1_000;
  private static final int MOST_AT_ONCE = 500;

  private final Transactions transactions;
  private final JobDirectory directory;
  private final InstantSource clock;
  private final Gathering<Job, Optional<Integer>> gathering =
      new Gathering<>(this::find, MOST_AT_ONCE, 1);

  Places(Transactions transactions, JobDirectory directory, InstantSource clock) {
    this.transactions = transactions;
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * The place of a job, 1 for the next; empty past the last that is told, or where it is delayed.
   */
  Optional<Integer> of(Job job) {
    return transactions.isOpen() ? find(List.of(job)).getFirst() : gathering.of(job);
  }

  private List<Optional<Integer>> find(List<Job> jobs) {
    Map<JobId, Integer> places =
        transactions.acrossTenants(() -> directory.positions(jobs, clock.instant(), LAST_KNOWN));
    return jobs.stream().map(job -> Optional.ofNullable(places.get(job.id()))).toList();
  }
}
