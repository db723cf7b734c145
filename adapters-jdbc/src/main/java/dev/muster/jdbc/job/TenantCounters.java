package dev.muster.jdbc.job;

import dev.muster.domain.job.JobStatus;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.job.Jobs.Enqueued;
import org.jdbi.v3.core.Handle;

/** How many jobs a tenant has queued and running. Its row is the first lock that anyone takes. */
final class TenantCounters {
  private TenantCounters() {}

  /** Counts one more into the queue if there is room. */
  static Enqueued enter(Handle handle, TenantId tenant) {
    int counted =
        handle
            .createUpdate(
                """
                UPDATE tenant_counters SET queued = queued + 1
                WHERE tenant_id = :tenant AND open AND queued < max_queued
                """)
            .bind("tenant", tenant.value())
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

  /** Takes back what {@link #enter} counted in the same transaction. */
  static void leave(Handle handle, TenantId tenant) {
    move(handle, tenant, -1, 0);
  }

  /** Locks the row until the transaction ends. */
  static void lock(Handle handle, TenantId tenant) {
    handle
        .createQuery("SELECT 1 FROM tenant_counters WHERE tenant_id = :tenant FOR NO KEY UPDATE")
        .bind("tenant", tenant.value())
        .mapTo(Integer.class)
        .findOne();
  }

  /** Whether a change of status is one that is counted. */
  static boolean count(JobStatus before, JobStatus after) {
    return queued(before, after) != 0 || running(before, after) != 0;
  }

  /** Counts a job from one status to another, whatever the limits. */
  static void move(Handle handle, TenantId tenant, JobStatus before, JobStatus after) {
    move(handle, tenant, queued(before, after), running(before, after));
  }

  private static void move(Handle handle, TenantId tenant, int queued, int running) {
    handle
        .createUpdate(
            """
            UPDATE tenant_counters SET queued = queued + :queued, running = running + :running
            WHERE tenant_id = :tenant
            """)
        .bind("tenant", tenant.value())
        .bind("queued", queued)
        .bind("running", running)
        .execute();
  }

  private static int queued(JobStatus before, JobStatus after) {
    return one(after == JobStatus.QUEUED) - one(before == JobStatus.QUEUED);
  }

  private static int running(JobStatus before, JobStatus after) {
    return one(after.isLeased()) - one(before.isLeased());
  }

  private static int one(boolean counted) {
    return counted ? 1 : 0;
  }
}
