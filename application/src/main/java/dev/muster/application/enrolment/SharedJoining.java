package dev.muster.application.enrolment;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.application.identity.Ids;
import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.enrolment.Flow;
import dev.muster.domain.enrolment.KeptPlatformKey;
import dev.muster.domain.enrolment.PlatformKeyId;
import dev.muster.domain.enrolment.SharedRegistration;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.enrolment.Declaration;
import dev.muster.ports.in.enrolment.SharedEnrolment;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.enrolment.NamedAgents;
import dev.muster.ports.out.enrolment.NamedAgents.NamedAgent;
import dev.muster.ports.out.enrolment.NamedAgents.Presence;
import dev.muster.ports.out.enrolment.NamedAgents.SharedToken;
import dev.muster.ports.out.enrolment.SharedAgentPools;
import dev.muster.ports.out.enrolment.SharedAgentPools.SealedKey;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.scheduling.Wakeups;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Registers shared agents by what they signed with the platform key. */
public final class SharedJoining implements SharedEnrolment {
  /** How long a token lives. */
  static final Duration LIFE = Duration.ofHours(4);

  /** How long the token before works on beside a fresh one, for calls that are under way. */
  static final Duration OVERLAP = Duration.ofMinutes(1);

  private static final TenantId PLATFORM = TenantId.SYSTEM;
  private static final Declaration NOTHING_YET =
      new Declaration(Abilities.of(Set.of(), Set.of(), null), Agent.DEFAULT_CONCURRENT, null, null);

  private final Transactions transactions;
  private final Stores stores;
  private final UpdateKeys updateKeys;
  private final AttemptLimit limit;
  private final Wakeups wakeups;
  private final Secrets secrets;
  private final Auditing auditing;
  private final InstantSource clock;
  private final Ids ids;
  private final Duration lease;

  /** Where keys and agents are kept. */
  public record Stores(SharedAgentPools pools, Agents agents, NamedAgents named) {}

  /**
   * Registers agents.
   *
   * @param lease who pauses for so long has gone
   */
  public SharedJoining(
      Transactions transactions,
      Stores stores,
      UpdateKeys updateKeys,
      AttemptLimit limit,
      Wakeups wakeups,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock,
      Ids ids,
      Duration lease) {
    this.transactions = transactions;
    this.stores = stores;
    this.updateKeys = updateKeys;
    this.limit = limit;
    this.wakeups = wakeups;
    this.secrets = secrets;
    this.auditing = auditing;
    this.clock = clock;
    this.ids = ids;
    this.lease = lease;
  }

  @Override
  public Outcome<SharedEnrolled> register(
      SharedRegistration signed,
      @Nullable UUID instance,
      @Nullable Supplier<Declaration> declaration,
      Origin origin) {
    Outcome<SharedEnrolled> outcome =
        transactions.inTenant(
            PLATFORM,
            () -> {
              Optional<PlatformKeyId> signer = signer(signed, clock.instant());
              Optional<KeptPlatformKey> held = signer.flatMap(this::held);
              Instant now = clock.instant();
              return held.filter(key -> isLive(key, now) && isUsed(signed, now))
                  .map(key -> new Coming(signed, instance, key, now, origin))
                  .map(coming -> admitted(coming, declaration))
                  .orElseGet(() -> Outcome.refused(Code.UNAUTHENTICATED, "Not signed."));
            });
    if (!(outcome instanceof Outcome.Refused<SharedEnrolled> refused)) {
      return outcome;
    }
    return refused.refusal().code() == Code.UNAUTHENTICATED
        ? limit.unauthenticated(origin)
        : limit.failed(outcome, origin, () -> noteRefusal(signed, refused, origin));
  }

  /** Every live key is tried, so that no answer comes sooner for an id that nobody knows. */
  private Optional<PlatformKeyId> signer(SharedRegistration signed, Instant now) {
    Optional<PlatformKeyId> signer = Optional.empty();
    for (SealedKey kept : stores.pools().liveKeys(PLATFORM, now)) {
      PlatformKeyId id = kept.key().id();
      boolean isIt =
          secrets
              .openPlatformKey(PLATFORM, id, kept.sealed())
              .flatMap(PlatformKey::parse)
              .filter(signed::isSignedBy)
              .isPresent();
      signer = isIt ? Optional.of(id) : signer;
    }
    return signed.isTimely(now) ? signer : Optional.empty();
  }

  /** Whoever rotates waits until the token is given, or was quicker, and the key has ended. */
  private Optional<KeptPlatformKey> held(PlatformKeyId signer) {
    return stores.pools().held(PLATFORM, signer);
  }

  private static boolean isLive(KeptPlatformKey key, Instant now) {
    Instant end = key.expiresAt();
    return end == null || end.isAfter(now);
  }

  private boolean isUsed(SharedRegistration signed, Instant now) {
    return stores.pools().useNonce(PLATFORM, signed.nonce(), signed.rememberedUntil(), now);
  }

  /** Somebody whose signature was found right. */
  private record Coming(
      SharedRegistration signed,
      @Nullable UUID instance,
      KeptPlatformKey key,
      Instant at,
      Origin origin) {
    Presence presence() {
      return new Presence(instance, key.id().value(), at);
    }

    /** A token ends with the key under which it was given. */
    Instant until() {
      Instant end = key.expiresAt();
      Instant usual = at.plus(LIFE);
      return end != null && end.isBefore(usual) ? end : usual;
    }
  }

  private Outcome<SharedEnrolled> admitted(
      Coming coming, @Nullable Supplier<Declaration> declaration) {
    @Nullable Declaration said = declaration == null ? null : declaration.get();
    Optional<NamedAgent> known = stores.named().find(PLATFORM, coming.signed().name());
    if (known.isEmpty() && isMade(coming, said == null ? NOTHING_YET : said)) {
      return given(coming, find(coming).orElseThrow(), said, false);
    }
    return (known.isEmpty() ? find(coming) : known)
        .filter(agent -> agent.flow() == Flow.SHARED)
        .map(agent -> again(coming, agent, said))
        .orElseGet(() -> taken("An agent that was enrolled in another way has this name."));
  }

  private Optional<NamedAgent> find(Coming coming) {
    return stores.named().find(PLATFORM, coming.signed().name());
  }

  private boolean isMade(Coming coming, Declaration said) {
    Agent agent =
        new Agent(
            new AgentId(ids.next(coming.at())),
            PLATFORM,
            coming.signed().name(),
            said.abilities(),
            Tenant.DEFAULT_WORKER_TYPE,
            null,
            said.maxConcurrent(),
            0,
            true,
            false,
            said.version(),
            null,
            coming.at());
    boolean isNew = stores.agents().add(PLATFORM, agent);
    if (isNew) {
      stores.named().add(PLATFORM, agent.id(), Flow.SHARED, coming.presence(), Integer.MAX_VALUE);
    }
    return isNew;
  }

  private Outcome<SharedEnrolled> again(
      Coming coming, NamedAgent known, @Nullable Declaration said) {
    if (!known.agent().enabled()) {
      return Outcome.refused(Code.AGENT_DISABLED, "This agent has been disabled.");
    }
    AgentId agent = known.agent().id();
    if (!stores.named().speak(PLATFORM, agent, coming.presence(), coming.at().minus(lease))) {
      return taken("Another installation lives under this name.");
    }
    if (said != null) {
      stores
          .named()
          .declare(PLATFORM, agent, said.abilities(), said.maxConcurrent(), said.version());
    }
    boolean isTakenOver = known.instance() != null && !known.instance().equals(coming.instance());
    return given(coming, find(coming).orElseThrow(), said, isTakenOver);
  }

  private Outcome<SharedEnrolled> given(
      Coming coming, NamedAgent known, @Nullable Declaration said, boolean isTakenOver) {
    Agent agent = known.agent();
    Instant now = coming.at();
    Secret secret = secrets.token(TokenKind.SHARED);
    String prefix = Secrets.prefixOf(secret, TokenKind.SHARED);
    Instant until = coming.until();
    SharedToken token =
        new SharedToken(TokenHash.of(secret), prefix, now, until, coming.key().id());
    stores.named().giveToken(PLATFORM, agent.id(), token, isTakenOver ? now : now.plus(OVERLAP));
    if (isTakenOver) {
      wakeups.credentialsChanged();
    }
    UUID registration = said == null ? null : said.registrationId();
    Optional<Secret> updateKey = updateKeys.giveOnce(agent, Flow.SHARED, registration, now);
    note(coming, agent, isTakenOver);
    return Outcome.done(new SharedEnrolled(agent, secret, until, updateKey.orElse(null)));
  }

  private void note(Coming coming, Agent agent, boolean isTakenOver) {
    State after =
        State.of("name", agent.name())
            .with("platform_key", coming.key().id())
            .with("instance", coming.instance());
    Resource resource = new Resource("agent", agent.id().toString());
    String action = isTakenOver ? "agent.taken_over" : "agent.registered";
    auditing.doneByApplicant(PLATFORM, action, resource, after, coming.origin());
  }

  private void noteRefusal(
      SharedRegistration signed, Outcome.Refused<SharedEnrolled> refused, Origin origin) {
    State why = State.of("name", signed.name()).with("code", refused.refusal().code());
    Resource resource = new Resource("shared_agent_pool", null);
    auditing.refusedToApplicant(PLATFORM, "agent.registered", resource, why, origin);
  }

  private static Outcome<SharedEnrolled> taken(String detail) {
    return Outcome.refused(Code.AGENT_NAME_IN_USE, detail);
  }
}
