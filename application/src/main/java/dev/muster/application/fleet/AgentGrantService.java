package dev.muster.application.fleet;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.domain.access.AgentGrant;
import dev.muster.domain.access.AgentGrant.Grantor;
import dev.muster.domain.access.Permission;
import dev.muster.domain.audit.AuditEntry.Actor;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.AgentGranting;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.AgentGrants;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Grants agents what they may do beside being agents. */
public final class AgentGrantService implements AgentGranting {
  private static final String ACTION = "agent.grant";

  private final AgentGrants grants;
  private final AgentScope scope;
  private final Wakeups wakeups;
  private final Auditing auditing;
  private final InstantSource clock;

  /** Keeps grants in {@code grants}. */
  public AgentGrantService(
      Transactions transactions,
      Agents agents,
      AgentGrants grants,
      Wakeups wakeups,
      Auditing auditing,
      InstantSource clock) {
    this.grants = grants;
    this.scope = new AgentScope(transactions, agents);
    this.wakeups = wakeups;
    this.auditing = auditing;
    this.clock = clock;
  }

  @Override
  public Outcome<List<AgentGrant>> grants(Caller caller, TenantId tenant, AgentId id) {
    return scope.within(caller, tenant, id, agent -> Outcome.done(grants.of(tenant, id)));
  }

  @Override
  public Outcome<List<AgentGrant>> grant(
      Caller caller, TenantId tenant, AgentId id, Set<Permission> permissions, String note) {
    Outcome<List<AgentGrant>> outcome =
        scope.locked(
            caller,
            tenant,
            id,
            agent -> {
              Optional<Refusal> refusal = refusal(caller, agent, permissions);
              return refusal.isPresent()
                  ? new Outcome.Refused<>(refusal.get())
                  : Outcome.done(replace(caller, agent, permissions, note));
            });
    if (outcome instanceof Outcome.Refused<List<AgentGrant>> refused
        && refused.refusal().code() == Code.FORBIDDEN) {
      State why = State.of("code", Code.FORBIDDEN).with("permissions", words(permissions));
      auditing.refused(caller, ACTION, AgentScope.resource(id), why);
    }
    return outcome;
  }

  private static Optional<Refusal> refusal(
      Caller caller, Agent agent, Set<Permission> permissions) {
    for (Permission permission : beside(permissions)) {
      if (agent.tenant().isSystem()) {
        return invalid("An agent of the platform belongs to no tenant and is granted nothing.");
      }
      if (!AgentGrant.isGrantable(permission)) {
        return invalid("No agent can have %s.".formatted(permission.wireName()));
      }
      if (!caller.principal().mayAllOf(permission)) {
        return Optional.of(
            Refusal.of(
                Code.FORBIDDEN,
                "Nobody grants what they do not have: the caller lacks the permission %s."
                    .formatted(permission.wireName())));
      }
    }
    return Optional.empty();
  }

  /** Every agent has that one; to name it changes nothing. */
  private static List<Permission> beside(Set<Permission> permissions) {
    return permissions.stream().filter(one -> one != AgentGrant.INNATE).sorted().toList();
  }

  private static Optional<Refusal> invalid(String message) {
    return Optional.of(Refusal.invalid("/permissions", message));
  }

  private List<AgentGrant> replace(
      Caller caller, Agent agent, Set<Permission> permissions, String note) {
    List<AgentGrant> before = grants.of(agent.tenant(), agent.id());
    Map<Permission, AgentGrant> known = new EnumMap<>(Permission.class);
    before.forEach(grant -> known.put(grant.permission(), grant));
    Instant now = clock.instant();
    Actor by = auditing.actorOf(caller);
    List<AgentGrant> after =
        beside(permissions).stream()
            .map(permission ->
                known.getOrDefault(
                    permission,
                    new AgentGrant(
                        permission, new Grantor(by.kind(), by.id(), by.name()), now, note)))
            .toList();
    if (!after.equals(before)) {
      grants.replace(agent.tenant(), agent.id(), after);
      auditing.done(
          caller,
          agent.tenant(),
          ACTION,
          AgentScope.resource(agent.id()),
          State.of("permissions", words(known.keySet())),
          State.of("permissions", words(permissions)).with("note", note));
      wakeups.credentialsChanged();
    }
    return after;
  }

  private static String words(Set<Permission> permissions) {
    return beside(permissions).stream().map(Permission::wireName).collect(Collectors.joining(" "));
  }
}
