package dev.muster.ports.out.job;

import dev.muster.domain.job.JobId;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.job.JobQueries.LogPage;
import dev.muster.ports.in.job.JobQueries.StoredLine;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import java.util.ArrayList;
import java.util.List;

/** What jobs wrote, in memory. */
public final class InMemoryJobLogs implements JobLogs {
  private final InMemoryStorage storage;
  private final Jobs jobs;
  private final InMemoryTable<JobId, List<StoredLine>> logs;

  /** Of jobs; lines of a job that is gone are not found. */
  public InMemoryJobLogs(InMemoryStorage storage, Jobs jobs) {
    this.storage = storage;
    this.jobs = jobs;
    this.logs = storage.table();
  }

  @Override
  public int append(TenantId tenant, JobId job, int attempt, List<LogLine> lines) {
    return storage.forTenant(
        tenant, () -> jobs.find(tenant, job).map(found -> add(job, attempt, lines)).orElse(0));
  }

  private int add(JobId job, int attempt, List<LogLine> lines) {
    List<StoredLine> all = new ArrayList<>(logs.find(job).orElse(List.of()));
    int before = all.size();
    for (LogLine line : lines) {
      boolean isKnown =
          all.stream()
              .anyMatch(stored -> stored.attempt() == attempt && stored.line().seq() == line.seq());
      if (!isKnown) {
        all.add(new StoredLine(all.size() + 1L, attempt, line));
      }
    }
    logs.put(job, List.copyOf(all));
    return all.size() - before;
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
