package dev.muster.application.fleet;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.domain.access.AgentGrant;
import dev.muster.domain.access.Permission;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentKey;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.fleet.AgentCredentials;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.AgentGrants;
import dev.muster.ports.out.fleet.AgentKeys;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Issues agents new keys and takes keys back. */
public final class AgentCredentialService implements AgentCredentials {
  private final Stores stores;
  private final AgentScope scope;
  private final Withdrawal withdrawal;
  private final Wakeups wakeups;
  private final Secrets secrets;
  private final Auditing auditing;
  private final InstantSource clock;

  /** Where agents, their keys and their grants are. */
  public record Stores(Agents agents, AgentKeys keys, AgentGrants grants) {}

  /** Keeps the hashes of keys in {@code stores}. */
  public AgentCredentialService(
      Transactions transactions,
      Stores stores,
      Withdrawal withdrawal,
      Wakeups wakeups,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock) {
    this.stores = stores;
    this.scope = new AgentScope(transactions, stores.agents());
    this.withdrawal = withdrawal;
    this.wakeups = wakeups;
    this.secrets = secrets;
    this.auditing = auditing;
    this.clock = clock;
  }

  @Override
  public Outcome<Issued<AgentKey>> rotateKey(
      Caller caller, TenantId tenant, AgentId id, Rotation rotation) {
    Outcome<Issued<AgentKey>> outcome =
        scope.locked(caller, tenant, id, agent -> rotate(caller, agent, rotation));
    if (isForbidden(outcome)) {
      State why = State.of("code", Code.FORBIDDEN);
      auditing.refused(caller, "agent.rotate_key", AgentScope.resource(id), why);
    }
    return outcome;
  }

  private static boolean isForbidden(Outcome<?> outcome) {
    return outcome instanceof Outcome.Refused<?> refused
        && refused.refusal().code() == Code.FORBIDDEN;
  }

  /** Whoever gets the key can do what the agent can. */
  private Outcome<Issued<AgentKey>> rotate(Caller caller, Agent agent, Rotation rotation) {
    Optional<Permission> missing =
        AgentGrant.withInnate(granted(agent)).stream()
            .filter(permission -> !caller.principal().mayAllOf(permission))
            .findFirst();
    return missing.isPresent()
        ? Outcome.refused(
            Code.FORBIDDEN,
            "The agent has the permission %s, which the caller does not have."
                .formatted(missing.get().wireName()))
        : Outcome.done(issue(caller, agent, rotation));
  }

  private Set<Permission> granted(Agent agent) {
    return stores.grants().of(agent.tenant(), agent.id()).stream()
        .map(AgentGrant::permission)
        .collect(Collectors.toSet());
  }

  private Issued<AgentKey> issue(Caller caller, Agent agent, Rotation rotation) {
    Instant now = clock.instant();
    endOlder(agent, rotation.graceHours(), now);
    Secret secret = secrets.token(TokenKind.AGENT);
    AgentKey key = keyOf(agent, secret, rotation, now);
    stores
        .keys()
        .add(agent.tenant(), agent.id(), TokenHash.of(secret), key.prefix(), now, key.expiresAt());
    auditing.done(
        caller,
        agent.tenant(),
        "agent.rotate_key",
        AgentScope.resource(agent.id()),
        null,
        State.of("prefix", key.prefix())
            .with("grace_hours", rotation.graceHours())
            .with("expires_at", key.expiresAt()));
    wakeups.credentialsChanged();
    return new Issued<>(key, secret);
  }

  /** Without grace it is a revocation: a poll that waits with the old key ends as well. */
  private void endOlder(Agent agent, int graceHours, Instant now) {
    if (graceHours == 0) {
      stores.keys().revokeAll(agent.tenant(), agent.id(), now);
      wakeups.agentConcerned(agent.id());
    } else {
      Instant end = now.plus(Duration.ofHours(graceHours));
      stores.keys().endAll(agent.tenant(), agent.id(), now, end);
    }
  }

  private static AgentKey keyOf(Agent agent, Secret secret, Rotation rotation, Instant now) {
    Integer hours = rotation.expiresInHours();
    Instant expiresAt = hours == null ? null : now.plus(Duration.ofHours(hours));
    String prefix = Secrets.prefixOf(secret, TokenKind.AGENT);
    return new AgentKey(agent.id(), prefix, now, expiresAt, null, null);
  }

  /**
   * Its jobs are taken back also where an earlier attempt at this broke off before it got there.
   */
  @Override
  public Outcome<Integer> revokeKeys(Caller caller, TenantId tenant, AgentId id) {
    Outcome<Integer> revoked = scope.locked(caller, tenant, id, agent -> revoke(caller, agent));
    if (revoked instanceof Outcome.Done<Integer>) {
      withdrawal.ofAll(id);
    }
    return revoked;
  }

  private Outcome<Integer> revoke(Caller caller, Agent agent) {
    int live = stores.keys().revokeAll(agent.tenant(), agent.id(), clock.instant());
    if (live > 0) {
      auditing.done(
          caller,
          agent.tenant(),
          "agent.revoke_key",
          AgentScope.resource(agent.id()),
          State.of("live_keys", live),
          State.of("live_keys", 0));
    }
    wakeups.credentialsChanged();
    wakeups.agentConcerned(agent.id());
    return Outcome.done(live);
  }

  @Override
  public Outcome<List<AgentKey>> keys(Caller caller, TenantId tenant, AgentId id) {
    return scope.within(
        caller,
        tenant,
        id,
        agent -> {
          auditing.done(caller, tenant, "token.list", AgentScope.resource(id), null, null);
          return Outcome.done(stores.keys().list(tenant, id));
        });
  }
}
