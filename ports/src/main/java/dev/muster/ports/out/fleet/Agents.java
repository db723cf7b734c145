package dev.muster.ports.out.fleet;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.fleet.AgentAdministration.AgentFilter;
import dev.muster.ports.in.fleet.AgentAdministration.AgentStats;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Agents. {@link Agent#leased()} is counted when an agent is read and ignored when one is written.
 */
public interface Agents {
  /** Adds an agent; false where the tenant has one of that name. */
  boolean add(TenantId tenant, Agent agent);

  /** The agent of this id. */
  Optional<Agent> find(TenantId tenant, AgentId id);

  /** The agent of this id, locked until the transaction ends. */
  Optional<Agent> lock(TenantId tenant, AgentId id);

  /** The agent of this name. */
  Optional<Agent> byName(TenantId tenant, AgentName name);

  /**
   * Agents, newest first.
   *
   * @param onlineSince agents seen later than this are online
   */
  Page<Agent> list(TenantId tenant, AgentFilter filter, Instant onlineSince, PageRequest page);

  /** Sets whether an agent may work, and what it is to be told of it at its next poll, or null. */
  void steer(
      TenantId tenant,
      AgentId id,
      boolean enabled,
      boolean draining,
      @Nullable AgentControl control);

  /** Removes an agent with its credentials and keys. */
  void remove(TenantId tenant, AgentId id);

  /** Numbers over the tenant's agents. */
  AgentStats stats(TenantId tenant, Instant onlineSince);
}
