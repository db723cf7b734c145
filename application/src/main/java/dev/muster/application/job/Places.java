package dev.muster.application.job;

import dev.muster.application.gathering.Gathering;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.JobDirectory;
import dev.muster.ports.out.job.JobDirectory.Ref;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What has become of new jobs: whether an agent that waited has taken them, and else where they
 * stand in line. It is looked up after the transaction that took them, so that nobody waits for it
 * who wants to submit, and for all at once who want to know at the same moment.
 */
final class Places {
  private static final int LAST_KNOWN = 1_000;
  private static final int MOST_AT_ONCE = 500;

  private final Transactions transactions;
  private final JobDirectory directory;
  private final InstantSource clock;
  private final Gathering<Job, Place> gathering = new Gathering<>(this::find, MOST_AT_ONCE, 1);

  Places(Transactions transactions, JobDirectory directory, InstantSource clock) {
    this.transactions = transactions;
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * A job a moment after it was submitted.
   *
   * @param place 1 for the next; null past the last that is told, and where an agent has it
   */
  record Place(Job job, @Nullable Integer place) {}

  /** Looks a job up. */
  Place of(Job job) {
    return transactions.isOpen() ? find(List.of(job)).getFirst() : gathering.of(job);
  }

  /** Nobody has seen what is not committed. */
  private List<Place> find(List<Job> jobs) {
    boolean isCommitted = !transactions.isOpen();
    return transactions.acrossTenants(() -> {
      Map<JobId, Job> leased = isCommitted ? leased(jobs) : Map.of();
      List<Job> others = jobs.stream().filter(job -> !leased.containsKey(job.id())).toList();
      Map<JobId, Integer> places = directory.positionsOfNew(others, clock.instant(), LAST_KNOWN);
      return jobs.stream()
          .map(job ->
              leased.get(job.id()) instanceof Job taken
                  ? new Place(taken, null)
                  : new Place(job, places.get(job.id())))
          .toList();
    });
  }

  private Map<JobId, Job> leased(List<Job> jobs) {
    List<Ref> refs = jobs.stream().map(job -> new Ref(job.tenant(), job.id())).toList();
    return directory.leased(refs).stream().collect(Collectors.toMap(Job::id, job -> job));
  }
}
