package dev.muster.agent.loop;

import dev.muster.agent.connector.Assignment;
import dev.muster.agent.connector.Cancellation;
import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.JobReports;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Refuses jobs of other tenants than the agent is there for, whatever the server sends: which
 * tenant it serves was decided on this host.
 *
 * @param work what is done for the right ones
 * @param slug the tenant to serve, {@code *} for any
 * @param id the tenant that the agent belongs to; null for one that serves any
 */
public record OwnTenant(Work work, String slug, @Nullable UUID id) implements Work {
  @Override
  public ConnectorOutcome run(
      Assignment assignment, JobReports reports, Cancellation cancellation, Instant deadline)
      throws InterruptedException {
    boolean slugFits = slug.equals("*") || slug.equals(assignment.tenantSlug());
    boolean idFits = id == null || id.equals(assignment.tenantId().value());
    return slugFits && idFits
        ? work.run(assignment, reports, cancellation, deadline)
        : new ConnectorOutcome.Failed(
            "not_allowed_here", "this agent does not serve that tenant", false);
  }
}
