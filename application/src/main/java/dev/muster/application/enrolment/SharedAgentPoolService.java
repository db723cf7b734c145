package dev.muster.application.enrolment;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.application.identity.Ids;
import dev.muster.domain.access.Action;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.KeptPlatformKey;
import dev.muster.domain.enrolment.PlatformKeyId;
import dev.muster.domain.enrolment.SharedAgentPool;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.enrolment.SharedAgentPoolAdministration;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.enrolment.NamedAgents;
import dev.muster.ports.out.enrolment.SharedAgentPools;
import dev.muster.ports.out.enrolment.SharedAgentPools.SealedKey;
import dev.muster.ports.out.fleet.AgentKeys;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The pool of shared agents that register themselves, and its platform key. */
public final class SharedAgentPoolService implements SharedAgentPoolAdministration {
  private static final TenantId PLATFORM = TenantId.SYSTEM;
  private static final Resource POOL = new Resource("shared_agent_pool", null);

  private final Transactions transactions;
  private final SharedAgentPools pools;
  private final NamedAgents agents;
  private final AgentKeys agentKeys;
  private final Wakeups wakeups;
  private final Secrets secrets;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Ids ids;

  /** Keeps the pool and its sealed keys in {@code pools}. */
  public SharedAgentPoolService(
      Transactions transactions,
      SharedAgentPools pools,
      NamedAgents agents,
      AgentKeys agentKeys,
      Wakeups wakeups,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock,
      Ids ids) {
    this.transactions = transactions;
    this.pools = pools;
    this.agents = agents;
    this.agentKeys = agentKeys;
    this.wakeups = wakeups;
    this.secrets = secrets;
    this.auditing = auditing;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome<Issued<PoolStanding>> create(Caller caller, Hints hints) {
    return transactions.inTenant(
        PLATFORM,
        () -> {
          Instant now = clock.instant();
          SharedAgentPool pool =
              new SharedAgentPool(
                  hints.minReplicas(), hints.maxReplicas(), hints.cpuTargetPct(), now);
          return pools.add(PLATFORM, pool)
              ? Outcome.done(issued(caller, Action.POOL_CREATE, pool, now))
              : Outcome.refused(
                  Code.STATE_CONFLICT, "The pool is there already; its key can be rotated.");
        });
  }

  @Override
  public Outcome<PoolStanding> find(Caller caller) {
    return transactions.inTenant(
        PLATFORM,
        () ->
            pools
                .find(PLATFORM)
                .map(pool -> Outcome.done(standing(pool, clock.instant())))
                .orElseGet(SharedAgentPoolService::unknown));
  }

  @Override
  public Outcome<Issued<PoolStanding>> rotate(Caller caller, Duration grace) {
    return transactions.inTenant(
        PLATFORM,
        () ->
            pools
                .lock(PLATFORM)
                .map(pool -> Outcome.done(rotated(caller, pool, grace)))
                .orElseGet(SharedAgentPoolService::unknown));
  }

  /** Two keys are live at most: one that was on its way out already goes now. */
  private Issued<PoolStanding> rotated(Caller caller, SharedAgentPool pool, Duration grace) {
    Instant now = clock.instant();
    for (SealedKey live : pools.liveKeys(PLATFORM, now)) {
      boolean isCurrent = live.key().expiresAt() == null;
      Instant end = isCurrent ? now.plus(grace) : now;
      pools.endKey(PLATFORM, live.key().id(), end);
      if (!end.isAfter(now)) {
        shutOut(live.key().id(), now);
      }
    }
    wakeups.credentialsChanged();
    return issued(caller, Action.POOL_ROTATE_KEY, pool, now);
  }

  /** Ends the polls of those who came with a key, on every replica; their jobs they may finish. */
  private void shutOut(PlatformKeyId key, Instant now) {
    agents
        .whoPresented(PLATFORM, key.value())
        .forEach(agent -> {
          agentKeys.revokeAll(PLATFORM, agent, now);
          wakeups.agentConcerned(agent);
        });
  }

  private Issued<PoolStanding> issued(
      Caller caller, Action action, SharedAgentPool pool, Instant now) {
    Secret secret = secrets.key();
    PlatformKeyId id = new PlatformKeyId(ids.next(now));
    String keyId = PlatformKey.parse(secret).orElseThrow().id();
    KeptPlatformKey key = new KeptPlatformKey(id, keyId, now, null);
    pools.addKey(PLATFORM, key, secrets.sealPlatformKey(PLATFORM, id, secret));
    State after = State.of("key_id", keyId);
    auditing.done(caller, PLATFORM, action.wireName(), POOL, null, after);
    return new Issued<>(standing(pool, now), secret);
  }

  private PoolStanding standing(SharedAgentPool pool, Instant now) {
    return new PoolStanding(
        pool, pools.liveKeys(PLATFORM, now).stream().map(SealedKey::key).toList());
  }

  private static <T> Outcome<T> unknown() {
    return Outcome.refused(Code.NOT_FOUND, "There is no pool of shared agents yet.");
  }
}
