package dev.muster.ports.out.fleet;

import dev.muster.domain.access.AgentGrant;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import java.util.List;

/** What agents may do beside being agents. */
public interface AgentGrants {
  /** What an agent was granted, in the order of the permissions. */
  List<AgentGrant> of(TenantId tenant, AgentId agent);

  /** Leaves an agent with these and no others. */
  void replace(TenantId tenant, AgentId agent, List<AgentGrant> grants);
}
