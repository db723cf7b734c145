package dev.muster.ports.out.job;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.LogLimit;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.job.JobQueries.LogPage;
import dev.muster.ports.in.job.JobQueries.StoredLine;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What jobs wrote, in memory. */
public final class InMemoryJobLogs implements JobLogs {
  private final InMemoryStorage storage;
  private final Jobs jobs;
  private final InMemoryTable<JobId, List<StoredLine>> logs;
  private final LogLimit limit;

  /** Of jobs; lines of a job that is gone are not found. */
  public InMemoryJobLogs(InMemoryStorage storage, Jobs jobs) {
    this(storage, jobs, storage.table(), LogLimit.DEFAULT);
  }

  private InMemoryJobLogs(
      InMemoryStorage storage,
      Jobs jobs,
      InMemoryTable<JobId, List<StoredLine>> logs,
      LogLimit limit) {
    this.storage = storage;
    this.jobs = jobs;
    this.logs = logs;
    this.limit = limit;
  }

  /** The same logs with another limit. */
  public InMemoryJobLogs within(LogLimit other) {
    return new InMemoryJobLogs(storage, jobs, logs, other);
  }

  @Override
  public int append(TenantId tenant, JobId job, int attempt, List<LogLine> lines) {
    return storage.forTenant(
        tenant, () -> jobs.find(tenant, job).map(found -> add(job, attempt, lines)).orElse(0));
  }

  private int add(JobId job, int attempt, List<LogLine> lines) {
    List<StoredLine> all = new ArrayList<>(logs.find(job).orElse(List.of()));
    int added = 0;
    for (LogLine line : lines) {
      if (!isEnded(all) && !isKnown(all, attempt, line)) {
        boolean fits = all.size() < limit.lines() && bytes(all) + bytes(line) <= limit.bytes();
        all.add(
            new StoredLine(
                all.size() + 1L, attempt, fits ? line : limit.end(lines.getFirst().at())));
        added += fits ? 1 : 0;
      }
    }
    logs.put(job, List.copyOf(all));
    return added;
  }

  private static boolean isEnded(List<StoredLine> all) {
    return !all.isEmpty() && all.getLast().line().seq() == LogLimit.END;
  }

  private static boolean isKnown(List<StoredLine> all, int attempt, LogLine line) {
    return all.stream()
        .anyMatch(stored -> stored.attempt() == attempt && stored.line().seq() == line.seq());
  }

  private static long bytes(List<StoredLine> all) {
    return all.stream().mapToLong(stored -> bytes(stored.line())).sum();
  }

  private static long bytes(LogLine line) {
    return line.text().getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public LogPage read(TenantId tenant, JobId job, long after, int limit) {
    return storage.forTenant(
        tenant,
        () -> {
          List<StoredLine> found =
              jobs.find(tenant, job).flatMap(known -> logs.find(job)).orElse(List.of()).stream()
                  .filter(line -> line.position() > after)
                  .limit(limit)
                  .toList();
          return new LogPage(found, found.isEmpty() ? after : found.getLast().position());
        });
  }
}
