package dev.muster.ports.in.fleet;

import dev.muster.domain.access.AgentGrant;
import dev.muster.domain.access.Permission;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import java.util.List;
import java.util.Set;

/**
 * What agents of one tenant may do beside being agents. A tenant that is not the caller's own is
 * {@code not_found} unless the caller is an operator.
 */
public interface AgentGranting {
  /** What an agent was granted. */
  Outcome<List<AgentGrant>> grants(Caller caller, TenantId tenant, AgentId agent);

  /**
   * Leaves an agent with these permissions and no others; what it had already keeps who granted it
   * and when. {@code invalid} for permissions that no agent can have, and for an agent of the
   * platform; {@code forbidden} for permissions that the caller does not have.
   *
   * @param note why, or empty
   */
  Outcome<List<AgentGrant>> grant(
      Caller caller, TenantId tenant, AgentId agent, Set<Permission> permissions, String note);
}
