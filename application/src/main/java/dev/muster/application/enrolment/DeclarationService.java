package dev.muster.application.enrolment;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.enrolment.Declaration;
import dev.muster.ports.in.enrolment.Declarations;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.enrolment.NamedAgents;
import dev.muster.ports.out.enrolment.NamedAgents.NamedAgent;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.InstantSource;
import java.util.Optional;

/** Takes what agents that come by name say of themselves. */
public final class DeclarationService implements Declarations {
  private final Transactions transactions;
  private final Agents agents;
  private final NamedAgents named;
  private final UpdateKeys updateKeys;
  private final Wakeups wakeups;
  private final Auditing auditing;
  private final InstantSource clock;

  /** Keeps it in {@code named}. */
  public DeclarationService(
      Transactions transactions,
      Agents agents,
      NamedAgents named,
      UpdateKeys updateKeys,
      Wakeups wakeups,
      Auditing auditing,
      InstantSource clock) {
    this.transactions = transactions;
    this.agents = agents;
    this.named = named;
    this.updateKeys = updateKeys;
    this.wakeups = wakeups;
    this.auditing = auditing;
    this.clock = clock;
  }

  @Override
  public Outcome<Optional<Secret>> declare(Caller caller, Declaration declaration) {
    TenantId tenant = caller.tenant();
    return transactions.inTenant(
        tenant,
        () ->
            agents
                .lock(tenant, caller.agent())
                .flatMap(agent -> named.find(tenant, agent.name()))
                .map(agent -> Outcome.done(taken(caller, agent, declaration)))
                .orElseGet(() ->
                    Outcome.refused(
                        Code.STATE_CONFLICT,
                        "What this agent can do was settled when it was enrolled.")));
  }

  private Optional<Secret> taken(Caller caller, NamedAgent known, Declaration declaration) {
    Agent agent = known.agent();
    Optional<Secret> key =
        updateKeys.giveOnce(agent, known.flow(), declaration.registrationId(), clock.instant());
    if (isNews(agent, declaration) || key.isPresent()) {
      named.declare(
          agent.tenant(),
          agent.id(),
          declaration.abilities(),
          declaration.maxConcurrent(),
          declaration.version());
      auditing.done(
          caller,
          agent.tenant(),
          "agent.declared",
          new Resource("agent", agent.id().toString()),
          stateOf(agent.abilities(), agent.maxConcurrent()),
          stateOf(declaration.abilities(), declaration.maxConcurrent()));
      wakeups.agentConcerned(agent.id());
    }
    return key;
  }

  private static boolean isNews(Agent agent, Declaration declaration) {
    return !agent.abilities().equals(declaration.abilities())
        || agent.maxConcurrent() != declaration.maxConcurrent();
  }

  private static State stateOf(Abilities abilities, int maxConcurrent) {
    return State.of("capabilities", String.join(",", abilities.capabilities()))
        .with("tools", String.join(",", abilities.tools()))
        .with("region", abilities.region())
        .with("max_concurrent", maxConcurrent);
  }
}
