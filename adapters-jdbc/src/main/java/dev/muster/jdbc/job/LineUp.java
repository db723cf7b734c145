package dev.muster.jdbc.job;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.Priority;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Jobs that stand one behind the other: of the same agents, priority and moment, so that nothing
 * comes between them but the order of their ids. The place of the first tells those of all.
 *
 * @param agents whose agents take them; the system tenant's are the shared ones
 * @param jobs in the order of their ids, never empty
 */
record LineUp(TenantId agents, Priority priority, Instant queuedAt, List<JobId> jobs) {
  /** As PostgreSQL compares ids; Java's own order is that of signed numbers. */
  private static final Comparator<UUID> UNSIGNED =
      Comparator.<UUID>comparingLong(id -> id.getMostSignificantBits() + Long.MIN_VALUE)
          .thenComparingLong(id -> id.getLeastSignificantBits() + Long.MIN_VALUE);

  /** Those of the jobs that wait and are due. */
  static List<LineUp> of(Collection<Job> jobs, Instant now) {
    Map<LineUp, List<JobId>> lines = new LinkedHashMap<>();
    jobs.stream()
        .filter(job -> job.status() == JobStatus.QUEUED && !isDelayed(job, now))
        .sorted(Comparator.comparing(job -> job.id().value(), UNSIGNED))
        .forEach(job -> lines.computeIfAbsent(key(job), key -> new ArrayList<>()).add(job.id()));
    return lines.entrySet().stream().map(line -> line.getKey().with(line.getValue())).toList();
  }

  static int compare(UUID one, UUID other) {
    return UNSIGNED.compare(one, other);
  }

  private static boolean isDelayed(Job job, Instant now) {
    return job.availableAt() != null && job.availableAt().isAfter(now);
  }

  private static LineUp key(Job job) {
    TenantId agents = job.pool() == Pool.SHARED ? TenantId.SYSTEM : job.tenant();
    return new LineUp(agents, job.spec().priority(), job.queuedAt(), List.of());
  }

  private LineUp with(List<JobId> inOrder) {
    return new LineUp(agents, priority, queuedAt, List.copyOf(inOrder));
  }

  UUID first() {
    return jobs.getFirst().value();
  }
}
