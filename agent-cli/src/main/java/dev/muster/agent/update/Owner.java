package dev.muster.agent.update;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;

/**
 * For whom an update must be meant.
 *
 * @param updateKey given at registration; what is signed with it comes from this agent's server
 */
public record Owner(AgentId agent, TenantId tenant, Secret updateKey) {}
