package dev.muster.ports.out.job;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobId;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.job.InMemoryJobTable.Row;
import dev.muster.ports.out.job.JobDirectory.Ref;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The leases that agents hold, in memory. */
public final class InMemoryLeases implements Leases {
  private static final int MISSES_TO_LOSE_A_LEASE = 2;

  private final InMemoryStorage storage;
  private final InMemoryJobTable table;

  /** Of the jobs in a table. */
  public InMemoryLeases(InMemoryStorage storage, InMemoryJobTable table) {
    this.storage = storage;
    this.table = table;
  }

  @Override
  public Renewal renew(
      AgentId agent, Map<JobId, Integer> named, Instant until, Instant knownSince) {
    return storage.forAllTenants(() -> {
      List<JobId> renewed = new ArrayList<>();
      List<JobId> cancelRequested = new ArrayList<>();
      List<Ref> missedTwice = new ArrayList<>();
      for (Row row : table.leasedTo(agent).toList()) {
        Job job = row.job();
        boolean isNamed = Integer.valueOf(job.attempt()).equals(named.get(job.id()));
        int misses = isNamed ? 0 : row.misses() + (isKnown(job, knownSince) ? 1 : 0);
        Job after = isNamed && isLater(until, job) ? job.renewed(until) : job;
        table.put(new Row(after, row.due(), row.claimId(), misses, row.cancelTold()));
        if (isNamed) {
          renewed.add(job.id());
        }
        if (isNamed && job.cancelRequestedAt() != null) {
          cancelRequested.add(job.id());
        }
        if (misses >= MISSES_TO_LOSE_A_LEASE) {
          missedTwice.add(new Ref(job.tenant(), job.id()));
        }
      }
      return new Renewal(renewed, cancelRequested, missedTwice);
    });
  }

  @Override
  public Map<AgentId, Renewal> renew(
      Map<AgentId, Map<JobId, Integer>> named, Instant until, Instant knownSince) {
    return storage.forAllTenants(() -> {
      Map<AgentId, Renewal> renewals = new HashMap<>();
      named.forEach((agent, its) -> renewals.put(agent, renew(agent, its, until, knownSince)));
      return renewals;
    });
  }

  private static boolean isKnown(Job job, Instant knownSince) {
    return job.assignedAt() != null && !job.assignedAt().isAfter(knownSince);
  }

  private static boolean isLater(Instant until, Job job) {
    return job.leaseExpiresAt() == null || until.isAfter(job.leaseExpiresAt());
  }
}
