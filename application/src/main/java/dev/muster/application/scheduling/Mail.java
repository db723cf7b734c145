package dev.muster.application.scheduling;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.QueuedJob;
import dev.muster.domain.scheduling.TenantStanding;
import java.util.List;
import java.util.Set;

/**
 * What reached the planning thread since it last looked.
 *
 * @param fresh polls that came
 * @param gone polls whose callers have gone
 * @param concerned agents about which something was decided
 * @param arrivals jobs that came through this replica, in the order in which they were told
 * @param standings of tenants that changed through this replica
 * @param everything whether anything else may have changed
 */
record Mail(
    List<Poll> fresh,
    List<Poll> gone,
    Set<AgentId> concerned,
    List<Arrival> arrivals,
    List<TenantStanding> standings,
    boolean everything) {
  /** Jobs that came into the lanes of a tenant, which stands so after. */
  record Arrival(TenantStanding after, List<QueuedJob> jobs) {}
}
