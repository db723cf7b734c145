package dev.muster.application.enrolment;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.application.fleet.Withdrawal;
import dev.muster.application.identity.Ids;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.AgentTokenText;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.enrolment.AgentTokenId;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.enrolment.AgentTokenAdministration;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.enrolment.AgentTokens;
import dev.muster.ports.out.enrolment.NamedAgents;
import dev.muster.ports.out.fleet.AgentKeys;
import dev.muster.ports.out.scheduling.Wakeups;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The tokens with which tenants' agents present themselves by name. */
public final class AgentTokenService implements AgentTokenAdministration {
  private final Transactions transactions;
  private final Stores stores;
  private final Withdrawal withdrawal;
  private final Wakeups wakeups;
  private final Secrets secrets;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Ids ids;

  /** Where tokens are kept, and who came with them. */
  public record Stores(AgentTokens tokens, NamedAgents agents, AgentKeys keys) {}

  /** Keeps the hashes of tokens. */
  public AgentTokenService(
      Transactions transactions,
      Stores stores,
      Withdrawal withdrawal,
      Wakeups wakeups,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock,
      Ids ids) {
    this.transactions = transactions;
    this.stores = stores;
    this.withdrawal = withdrawal;
    this.wakeups = wakeups;
    this.secrets = secrets;
    this.auditing = auditing;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome<Issued<AgentToken>> create(Caller caller, String name) {
    return within(caller, tenant -> Outcome.done(issue(caller, tenant, name)));
  }

  private Issued<AgentToken> issue(Caller caller, TenantId tenant, String name) {
    Instant now = clock.instant();
    Secret secret = secrets.agentToken();
    AgentToken token =
        new AgentToken(
            new AgentTokenId(ids.next(now)),
            tenant,
            name,
            AgentTokenText.prefixOf(secret),
            now,
            caller.principal().displayName(),
            null,
            null);
    stores.tokens().add(tenant, token, TokenHash.of(secret));
    State after = State.of("name", name).with("prefix", token.prefix());
    auditing.done(caller, tenant, "token.create", resource(token.id()), null, after);
    return new Issued<>(token, secret);
  }

  @Override
  public Outcome<Page<AgentToken>> list(Caller caller, PageRequest page) {
    return within(
        caller,
        tenant -> {
          Resource all = new Resource("agent_token", null);
          auditing.done(caller, tenant, "token.list", all, null, null);
          return Outcome.done(stores.tokens().list(tenant, page));
        });
  }

  @Override
  public Outcome<AgentToken> revoke(Caller caller, AgentTokenId id) {
    List<AgentId> out = new ArrayList<>();
    Outcome<AgentToken> outcome =
        within(
            caller,
            tenant -> {
              Optional<AgentToken> known = stores.tokens().find(tenant, id);
              if (known.isEmpty()) {
                return Outcome.refused(Code.NOT_FOUND, "There is no such token.");
              }
              if (stores.tokens().revoke(tenant, id, clock.instant())) {
                out.addAll(shutOut(caller, tenant, id));
              }
              return Outcome.done(stores.tokens().find(tenant, id).orElseThrow());
            });
    out.forEach(withdrawal::ofAll);
    return outcome;
  }

  /** Ends the polls of those who came with it, on every replica. */
  private List<AgentId> shutOut(Caller caller, TenantId tenant, AgentTokenId id) {
    List<AgentId> agents = stores.agents().whoPresented(tenant, id.value());
    Instant now = clock.instant();
    agents.forEach(agent -> {
      stores.keys().revokeAll(tenant, agent, now);
      wakeups.agentConcerned(agent);
    });
    wakeups.credentialsChanged();
    State after = State.of("agents", agents.size());
    auditing.done(caller, tenant, "token.revoke", resource(id), State.of("revoked", false), after);
    return agents;
  }

  private <T> Outcome<T> within(Caller caller, Function<TenantId, Outcome<T>> work) {
    TenantId tenant = caller.tenant();
    return tenant.isSystem()
        ? Outcome.refused(
            Code.TENANT_REQUIRED, "Agent tokens belong to tenants; the platform has none.")
        : transactions.inTenant(tenant, () -> work.apply(tenant));
  }

  private static Resource resource(AgentTokenId id) {
    return new Resource("agent_token", id.toString());
  }
}
