package dev.muster.application.enrolment;

import dev.muster.application.credential.Secrets;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.Flow;
import dev.muster.domain.fleet.Agent;
import dev.muster.ports.out.fleet.AgentKeys;
import dev.muster.ports.out.fleet.AgentKeys.SealedUpdateKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The update keys of agents that come by name: one is given the first time, and in its place a
 * fresh one where that answer was lost. Within an open transaction in the agent's tenant.
 */
public final class UpdateKeys {
  private final AgentKeys keys;
  private final Repeatable repeatable;
  private final Secrets secrets;

  /** Keeps them sealed in {@code keys}. */
  public UpdateKeys(AgentKeys keys, Repeatable repeatable, Secrets secrets) {
    this.keys = keys;
    this.repeatable = repeatable;
    this.secrets = secrets;
  }

  /** A key for an agent that has none yet, or that asks again; empty for every other. */
  Optional<Secret> giveOnce(Agent agent, Flow flow, @Nullable UUID registrationId, Instant now) {
    boolean isFirst = keys.updateKey(agent.tenant(), agent.id()).isEmpty();
    if (!isFirst && !isRepeated(agent, flow, registrationId, now)) {
      return Optional.empty();
    }
    Secret key = fresh(agent, keys, secrets);
    if (isFirst) {
      repeatable.joined(agent, flow, registrationId, now);
    }
    return Optional.of(key);
  }

  /** A new key in place of the one before; the agent's row is locked, or nobody knows it yet. */
  static Secret fresh(Agent agent, AgentKeys keys, Secrets secrets) {
    Secret key = secrets.key();
    int version =
        keys.updateKey(agent.tenant(), agent.id()).map(SealedUpdateKey::version).orElse(0) + 1;
    byte[] sealed = secrets.sealUpdateKey(agent.tenant(), agent.id(), version, key);
    keys.keepUpdateKey(agent.tenant(), agent.id(), new SealedUpdateKey(version, sealed));
    return key;
  }

  private boolean isRepeated(Agent agent, Flow flow, @Nullable UUID registrationId, Instant now) {
    return repeatable
        .before(agent.tenant(), flow, registrationId, now)
        .filter(before -> before.id().equals(agent.id()))
        .isPresent();
  }
}
