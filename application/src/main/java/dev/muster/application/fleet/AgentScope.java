package dev.muster.application.fleet;

import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.Agents;
import java.util.Optional;
import java.util.function.Function;

/** Finds the agent of a tenant in which a caller may look: its own, or for operators any. */
final class AgentScope {
  private final Transactions transactions;
  private final Agents agents;

  AgentScope(Transactions transactions, Agents agents) {
    this.transactions = transactions;
    this.agents = agents;
  }

  /** Does work on an agent that is locked until it is done, so that one comes after the other. */
  <T> Outcome<T> locked(
      Caller caller, TenantId tenant, AgentId id, Function<Agent, Outcome<T>> work) {
    if (!caller.isOperator() && !caller.tenant().equals(tenant)) {
      return unknown();
    }
    return transactions.inTenant(
        tenant,
        () -> {
          Optional<Agent> agent = agents.lock(tenant, id);
          return agent.isEmpty() ? AgentScope.<T>unknown() : work.apply(agent.get());
        });
  }

  /** Looks at an agent. */
  <T> Outcome<T> within(
      Caller caller, TenantId tenant, AgentId id, Function<Agent, Outcome<T>> look) {
    if (!caller.isOperator() && !caller.tenant().equals(tenant)) {
      return unknown();
    }
    return transactions.inTenant(
        tenant,
        () -> {
          Optional<Agent> agent = agents.find(tenant, id);
          return agent.isEmpty() ? AgentScope.<T>unknown() : look.apply(agent.get());
        });
  }

  static Resource resource(AgentId id) {
    return new Resource("agent", id.toString());
  }

  private static <T> Outcome<T> unknown() {
    return Outcome.refused(Code.NOT_FOUND, "There is no such agent.");
  }
}
