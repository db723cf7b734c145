package dev.muster.ports.in.fleet;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who is connected, to whichever replica. */
public interface WorkerQueries {
  /**
   * The agents that are online and not locked out, newest first: those of the caller's tenant, or
   * for operators all.
   */
  Page<Worker> list(Caller caller, WorkerFilter filter, PageRequest page);

  /**
   * Which of them; null means any.
   *
   * @param tenant for operators only: whose agents; the system tenant's are the platform's
   * @param replica those that called this replica last
   */
  record WorkerFilter(@Nullable TenantId tenant, @Nullable String replica) {
    /** All that are connected. */
    public static final WorkerFilter ALL = new WorkerFilter(null, null);

    /** The same, of one tenant. */
    public WorkerFilter ofTenant(TenantId one) {
      return new WorkerFilter(one, replica);
    }
  }

  /**
   * An agent that is connected.
   *
   * @param slug of the tenant that it works for, or null for a platform agent that works for any
   * @param replica the one that it called last, as of at most five seconds ago
   * @param since when it began to call, without a pause as long as a lease since then
   */
  record Worker(Agent agent, @Nullable TenantSlug slug, String replica, Instant since) {}
}
