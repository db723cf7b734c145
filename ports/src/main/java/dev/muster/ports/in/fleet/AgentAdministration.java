package dev.muster.ports.in.fleet;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * Agents of one tenant: platform agents are the system tenant's. A tenant that is not the caller's
 * own is {@code not_found} unless the caller is an operator.
 */
public interface AgentAdministration {
  /** The tenant's agents, newest first. */
  Outcome<Page<AgentStanding>> list(
      Caller caller, TenantId tenant, AgentFilter filter, PageRequest page);

  /** One agent. */
  Outcome<AgentStanding> find(Caller caller, TenantId tenant, AgentId agent);

  /** Lets it work, and ends a drain. */
  Outcome<AgentStanding> enable(Caller caller, TenantId tenant, AgentId agent);

  /** Locks it out at once: its polls end, its jobs are queued again without losing an attempt. */
  Outcome<AgentStanding> disable(Caller caller, TenantId tenant, AgentId agent);

  /** Lets it finish what it has and gives it nothing new. */
  Outcome<AgentStanding> drain(Caller caller, TenantId tenant, AgentId agent);

  /** Removes it with its credentials; its jobs are queued again without losing an attempt. */
  Outcome<AgentId> delete(Caller caller, TenantId tenant, AgentId agent);

  /** Numbers over the tenant's agents. */
  Outcome<AgentStats> stats(Caller caller, TenantId tenant);

  /** An agent and whether it is online. */
  record AgentStanding(Agent agent, boolean online) {}

  /** Which agents; null means any. */
  record AgentFilter(
      @Nullable Boolean online,
      @Nullable Boolean enabled,
      @Nullable String region,
      @Nullable String capability) {
    /** All agents. */
    public static final AgentFilter ALL = new AgentFilter(null, null, null, null);
  }

  /**
   * Numbers over agents.
   *
   * @param capacity jobs that those online, enabled and not draining take together
   * @param leased jobs that all have
   */
  record AgentStats(
      int total, int online, int offline, int disabled, int draining, int capacity, int leased) {}
}
