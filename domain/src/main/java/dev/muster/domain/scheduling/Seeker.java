package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import org.jspecify.annotations.Nullable;

/**
 * An agent that asks for work.
 *
 * @param tenant its own: the system tenant means the shared pool
 * @param servesTenant the one tenant that it is for, or null for any that it may serve
 * @param wanted how many jobs it asks for, at least 1
 * @param leased how many it has
 * @param maxConcurrent the most it takes
 */
public record Seeker(
    AgentId agent,
    TenantId tenant,
    Abilities abilities,
    String workerType,
    @Nullable TenantSlug servesTenant,
    int wanted,
    int leased,
    int maxConcurrent) {
  /** An agent as it enrolled, that would take all it has slots for. */
  public static Seeker of(Agent agent) {
    return new Seeker(
        agent.id(),
        agent.tenant(),
        agent.abilities(),
        agent.workerType(),
        agent.servesTenant(),
        agent.maxConcurrent(),
        agent.leased(),
        agent.maxConcurrent());
  }

  /** How many jobs it may be given now. */
  public int slots() {
    return Math.max(0, Math.min(wanted, maxConcurrent - leased));
  }
}
