package dev.muster.application.fleet;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.AgentAdministration;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.scheduling.Wakeups;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Agents as people see and steer them. */
public final class AgentService implements AgentAdministration {
  private final Transactions transactions;
  private final Agents agents;
  private final Withdrawal withdrawal;
  private final Wakeups wakeups;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Duration lease;

  /**
   * Steers agents in {@code agents}.
   *
   * @param lease agents seen within it are online
   */
  public AgentService(
      Transactions transactions,
      Agents agents,
      Withdrawal withdrawal,
      Wakeups wakeups,
      Auditing auditing,
      InstantSource clock,
      Duration lease) {
    this.transactions = transactions;
    this.agents = agents;
    this.withdrawal = withdrawal;
    this.wakeups = wakeups;
    this.auditing = auditing;
    this.clock = clock;
    this.lease = lease;
  }

  @Override
  public Outcome<Page<AgentStanding>> list(
      Caller caller, TenantId tenant, AgentFilter filter, PageRequest page) {
    Instant now = clock.instant();
    return within(
        caller,
        tenant,
        () ->
            Outcome.done(
                agents
                    .list(tenant, filter, now.minus(lease), page)
                    .map(agent -> standing(agent, now))));
  }

  @Override
  public Outcome<AgentStanding> find(Caller caller, TenantId tenant, AgentId id) {
    return within(
        caller,
        tenant,
        () ->
            agents
                .find(tenant, id)
                .map(agent -> Outcome.done(standing(agent, clock.instant())))
                .orElseGet(AgentService::unknown));
  }

  @Override
  public Outcome<AgentStats> stats(Caller caller, TenantId tenant) {
    return within(
        caller, tenant, () -> Outcome.done(agents.stats(tenant, clock.instant().minus(lease))));
  }

  @Override
  public Outcome<AgentStanding> enable(Caller caller, TenantId tenant, AgentId id) {
    return steer(
        caller, tenant, id, new Steering("agent.enable", true, false, AgentControl.RESUME));
  }

  @Override
  public Outcome<AgentStanding> disable(Caller caller, TenantId tenant, AgentId id) {
    Outcome<AgentStanding> outcome =
        steer(caller, tenant, id, new Steering("agent.disable", false, false, null));
    if (outcome instanceof Outcome.Done<AgentStanding>) {
      withdrawal.ofAll(id);
    }
    return outcome;
  }

  @Override
  public Outcome<AgentStanding> drain(Caller caller, TenantId tenant, AgentId id) {
    return steer(caller, tenant, id, new Steering("agent.drain", true, true, AgentControl.DRAIN));
  }

  @Override
  public Outcome<AgentId> delete(Caller caller, TenantId tenant, AgentId id) {
    Outcome<AgentStanding> locked =
        steer(caller, tenant, id, new Steering("agent.disable", false, false, null));
    if (locked instanceof Outcome.Done<AgentStanding>) {
      withdrawal.ofAll(id);
    }
    return locked.then(standing ->
        within(
            caller,
            tenant,
            () -> {
              agents.remove(tenant, id);
              auditing.done(
                  caller, tenant, "agent.delete", resource(id), stateOf(standing.agent()), null);
              wakeups.credentialsChanged();
              wakeups.agentConcerned(id);
              return Outcome.done(id);
            }));
  }

  /** What is to become of an agent. */
  private record Steering(
      String action, boolean enabled, boolean draining, @Nullable AgentControl control) {
    boolean changes(Agent agent) {
      return agent.enabled() != enabled || agent.draining() != draining;
    }
  }

  private Outcome<AgentStanding> steer(
      Caller caller, TenantId tenant, AgentId id, Steering steering) {
    return within(
        caller,
        tenant,
        () -> {
          Optional<Agent> found = agents.lock(tenant, id);
          if (found.isEmpty()) {
            return unknown();
          }
          if (steering.draining() && !found.get().enabled()) {
            return Outcome.refused(
                Code.STATE_CONFLICT, "A disabled agent has nothing to finish. Enable it first.");
          }
          if (steering.changes(found.get())) {
            steer(caller, found.get(), steering);
          }
          return Outcome.done(standing(agents.find(tenant, id).orElseThrow(), clock.instant()));
        });
  }

  private void steer(Caller caller, Agent before, Steering steering) {
    agents.steer(
        before.tenant(), before.id(), steering.enabled(), steering.draining(), steering.control());
    Agent after = agents.find(before.tenant(), before.id()).orElseThrow();
    String action = steering.enabled() ? steering.action() : "agent.disabled";
    auditing.done(
        caller, before.tenant(), action, resource(before.id()), stateOf(before), stateOf(after));
    wakeups.credentialsChanged();
    wakeups.agentConcerned(before.id());
    wakeups.jobsMayWait();
  }

  private <T> Outcome<T> within(Caller caller, TenantId tenant, Supplier<Outcome<T>> work) {
    return caller.isOperator() || caller.tenant().equals(tenant)
        ? transactions.inTenant(tenant, work)
        : unknown();
  }

  private AgentStanding standing(Agent agent, Instant now) {
    return new AgentStanding(agent, agent.isOnline(now, lease));
  }

  private static State stateOf(Agent agent) {
    return State.of("name", agent.name())
        .with("enabled", agent.enabled())
        .with("draining", agent.draining());
  }

  private static Resource resource(AgentId id) {
    return new Resource("agent", id.toString());
  }

  private static <T> Outcome<T> unknown() {
    return Outcome.refused(Code.NOT_FOUND, "There is no such agent.");
  }
}
