package dev.muster.jdbc.job;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.counters.CounterChange;
import dev.muster.jdbc.counters.TenantCounters;
import dev.muster.ports.out.job.EndedJobs.QueueRoom;
import dev.muster.ports.out.job.Jobs.Enqueued;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Counts jobs into a tenant's queue where its limit allows. */
final class QueueEntry {
  private QueueEntry() {}

  /**
   * Counts one more if there is room.
   *
   * @param due whether it stands in its lane at once
   */
  static Enqueued enter(Handle handle, TenantId tenant, boolean due) {
    int counted =
        handle
            .createUpdate(
                """
                UPDATE tenant_counters SET queued = queued + 1, arrivals = arrivals + :arrivals
                WHERE tenant_id = :tenant AND open AND queued < max_queued
                """)
            .bind("tenant", tenant.value())
            .bind("arrivals", due ? 1 : 0)
            .execute();
    return counted == 1 ? Enqueued.YES : refusal(handle, tenant);
  }

  private static Enqueued refusal(Handle handle, TenantId tenant) {
    boolean open =
        handle
            .createQuery("SELECT open FROM tenant_counters WHERE tenant_id = :tenant")
            .bind("tenant", tenant.value())
            .mapTo(Boolean.class)
            .one();
    return open ? Enqueued.QUEUE_FULL : Enqueued.TENANT_SUSPENDED;
  }

  /**
   * Counts jobs that stand in their lanes at once, where there is room for all of them; false where
   * there is not.
   */
  static boolean enter(Handle handle, TenantId tenant, int jobs) {
    return handle
            .createUpdate(
                """
                UPDATE tenant_counters SET queued = queued + :jobs, arrivals = arrivals + :jobs
                WHERE tenant_id = :tenant AND open AND queued + :jobs <= max_queued
                """)
            .bind("tenant", tenant.value())
            .bind("jobs", jobs)
            .execute()
        == 1;
  }

  /** How many jobs the queue takes. */
  static QueueRoom room(Handle handle, TenantId tenant) {
    return handle
        .createQuery(
            """
            SELECT open, greatest(max_queued - queued, 0) AS free
            FROM tenant_counters WHERE tenant_id = :tenant
            """)
        .bind("tenant", tenant.value())
        .map((row, context) -> new QueueRoom(row.getBoolean("open"), row.getInt("free")))
        .findOne()
        .orElse(new QueueRoom(false, 0));
  }

  /** Takes back what {@link #enter(Handle, TenantId, boolean)} counted in the same transaction. */
  static void leave(Handle handle, TenantId tenant, boolean due) {
    TenantCounters.apply(handle, List.of(new CounterChange(tenant, -1, 0, 0, due ? -1 : 0)));
  }
}
