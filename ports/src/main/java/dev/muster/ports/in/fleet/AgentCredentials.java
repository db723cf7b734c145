package dev.muster.ports.in.fleet;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentKey;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of agents of one tenant; platform agents are the system tenant's. A tenant that is not
 * the caller's own is {@code not_found} unless the caller is an operator.
 */
public interface AgentCredentials {
  /**
   * Issues a new key, which works at once. Those before go on for the grace and end then, or
   * earlier where their own end is earlier. {@code forbidden} where the agent may do more than the
   * caller.
   */
  Outcome<Issued<AgentKey>> rotateKey(
      Caller caller, TenantId tenant, AgentId agent, Rotation rotation);

  /**
   * Takes all keys back at once: they are refused from the next request on, the agent's polls end,
   * its jobs are queued again without losing an attempt. How many keys were live.
   */
  Outcome<Integer> revokeKeys(Caller caller, TenantId tenant, AgentId agent);

  /** The keys of an agent, newest first, those that ended too. */
  Outcome<List<AgentKey>> keys(Caller caller, TenantId tenant, AgentId agent);

  /**
   * How to rotate.
   *
   * @param graceHours how long the keys before go on, 0 for not at all
   * @param expiresInHours how long the new key lives, or null for one that does not expire
   */
  record Rotation(int graceHours, @Nullable Integer expiresInHours) {}
}
