package dev.muster.application.enrolment;

import dev.muster.application.access.NamedCallers;
import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.identity.Ids;
import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.enrolment.Flow;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.enrolment.AgentTokenLookup;
import dev.muster.ports.out.enrolment.AgentTokens;
import dev.muster.ports.out.enrolment.NamedAgents;
import dev.muster.ports.out.enrolment.NamedAgents.NamedAgent;
import dev.muster.ports.out.enrolment.NamedAgents.Presence;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.tenancy.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Lets agents in that come by name with a token of their tenant's: makes those that are new, and
 * keeps one installation from speaking under the name of another that is alive.
 */
public final class AgentTokenJoining implements NamedCallers {
  /** How many agents of one tenant may come by name. */
  public static final int MOST = 10_000;

  private static final Abilities NOTHING_YET = Abilities.of(Set.of(), Set.of(), null);

  private final Transactions transactions;
  private final AgentTokenLookup lookup;
  private final AgentTokens tokens;
  private final Agents agents;
  private final NamedAgents named;
  private final Tenants tenants;
  private final Auditing auditing;
  private final Ids ids;
  private final Duration lease;
  private final int most;

  /**
   * Looks tokens up in {@code lookup}.
   *
   * @param lease who pauses for so long has gone
   * @param most how many agents of a tenant may come by name, usually {@link #MOST}
   */
  public AgentTokenJoining(
      Transactions transactions,
      AgentTokenLookup lookup,
      AgentTokens tokens,
      Agents agents,
      NamedAgents named,
      Tenants tenants,
      Auditing auditing,
      Ids ids,
      Duration lease,
      int most) {
    this.transactions = transactions;
    this.lookup = lookup;
    this.tokens = tokens;
    this.agents = agents;
    this.named = named;
    this.tenants = tenants;
    this.auditing = auditing;
    this.ids = ids;
    this.lease = lease;
    this.most = most;
  }

  @Override
  public Outcome<AgentId> whoIs(
      Presented.NamedAgent presented,
      boolean mayJoin,
      Instant now,
      Origin origin,
      Threshold threshold) {
    Optional<AgentToken> token =
        transactions.acrossTenants(() -> lookup.live(TokenHash.of(presented.token())));
    if (token.isEmpty()) {
      return Outcome.refused(Code.UNAUTHENTICATED, "No valid credential was presented.");
    }
    TenantId tenant = token.get().tenant();
    Coming coming = new Coming(token.get(), presented, now, origin);
    Optional<NamedAgent> known =
        transactions.inTenant(tenant, () -> named.find(tenant, presented.name()));
    if (known.isPresent() && isSame(coming, known.get())) {
      return Outcome.done(known.get().agent().id());
    }
    Optional<Refusal> tooMany = threshold.spend(tenant, token.get().id().value());
    if (tooMany.isPresent()) {
      return new Outcome.Refused<>(tooMany.get());
    }
    if (!mayJoin && known.isEmpty()) {
      return Outcome.refused(Code.UNAUTHENTICATED, "No valid credential was presented.");
    }
    AgentId agent = known.map(NamedAgent::agent).map(Agent::id).orElse(null);
    Outcome<AgentId> outcome =
        threshold
            .certificate(tenant, agent)
            .<Outcome<AgentId>>map(Outcome.Refused::new)
            .orElseGet(() -> transactions.inTenant(tenant, () -> admitted(coming)));
    return noted(coming, outcome);
  }

  private Outcome<AgentId> noted(Coming coming, Outcome<AgentId> outcome) {
    if (outcome instanceof Outcome.Refused<AgentId> refused) {
      State why = State.of("name", coming.name()).with("code", refused.refusal().code());
      Resource resource = new Resource("agent_token", coming.token().id().toString());
      auditing.refusedToApplicant(
          coming.tenant(), "agent.registered", resource, why, coming.origin());
    }
    return outcome;
  }

  private static boolean isSame(Coming coming, NamedAgent known) {
    Presence presence = coming.presence();
    return known.flow() == Flow.AGENT_TOKEN
        && Objects.equals(presence.instance(), known.instance())
        && presence.presented().equals(known.presented());
  }

  /** Somebody who comes with a token that is good. */
  private record Coming(
      AgentToken token, Presented.NamedAgent presented, Instant at, Origin origin) {
    TenantId tenant() {
      return token.tenant();
    }

    AgentName name() {
      return presented.name();
    }

    Presence presence() {
      return new Presence(presented.instance(), token.id().value(), at);
    }
  }

  /** Whoever takes the token back waits, and then finds who came with it last. */
  private Outcome<AgentId> admitted(Coming coming) {
    if (tokens.held(coming.tenant(), coming.token().id()).isEmpty()) {
      return Outcome.refused(Code.UNAUTHENTICATED, "No valid credential was presented.");
    }
    Optional<NamedAgent> known = named.find(coming.tenant(), coming.name());
    if (known.isEmpty() && made(coming) instanceof Outcome.Refused<AgentId> refused) {
      return refused;
    }
    if (known.isEmpty()) {
      known = named.find(coming.tenant(), coming.name());
    }
    return known.isEmpty() || known.get().flow() != Flow.AGENT_TOKEN
        ? taken("An agent that was enrolled in another way has this name.")
        : spoken(coming, known.get());
  }

  /** Where somebody was quicker, nothing is made, and theirs is there to be found. */
  private Outcome<AgentId> made(Coming coming) {
    TenantId tenant = coming.tenant();
    if (tenants.find(tenant).orElseThrow().status() == TenantStatus.SUSPENDED) {
      return Outcome.refused(Code.TENANT_SUSPENDED, "The tenant has been suspended.");
    }
    Agent agent = agentOf(coming);
    if (agents.add(tenant, agent)) {
      if (!named.add(tenant, agent.id(), Flow.AGENT_TOKEN, coming.presence(), most)) {
        return Outcome.refused(
            Code.AGENT_LIMIT_REACHED,
            "The tenant has %d agents that came by name: delete some first.".formatted(most));
      }
      note("agent.registered", coming, agent.id());
    }
    return Outcome.done(agent.id());
  }

  private Agent agentOf(Coming coming) {
    return new Agent(
        new AgentId(ids.next(coming.at())),
        coming.tenant(),
        coming.name(),
        NOTHING_YET,
        Tenant.DEFAULT_WORKER_TYPE,
        null,
        Agent.DEFAULT_CONCURRENT,
        0,
        true,
        false,
        null,
        null,
        coming.at());
  }

  private Outcome<AgentId> spoken(Coming coming, NamedAgent known) {
    AgentId agent = known.agent().id();
    Presence presence = coming.presence();
    if (isSame(coming, known)) {
      return Outcome.done(agent);
    }
    if (!named.speak(coming.tenant(), agent, presence, coming.at().minus(lease))) {
      return taken("Another installation lives under this name.");
    }
    if (known.instance() != null && !Objects.equals(known.instance(), presence.instance())) {
      note("agent.taken_over", coming, agent);
    }
    return Outcome.done(agent);
  }

  private void note(String action, Coming coming, AgentId agent) {
    State after =
        State.of("name", coming.name())
            .with("token", coming.token().prefix())
            .with("instance", coming.presented().instance());
    Resource resource = new Resource("agent", agent.toString());
    auditing.doneByApplicant(coming.tenant(), action, resource, after, coming.origin());
  }

  private static Outcome<AgentId> taken(String detail) {
    return Outcome.refused(Code.AGENT_NAME_IN_USE, detail);
  }
}
