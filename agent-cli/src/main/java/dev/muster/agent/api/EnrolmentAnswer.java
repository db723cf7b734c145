package dev.muster.agent.api;

import dev.muster.domain.credential.Secret;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the server says to an agent that asked to join. */
public sealed interface EnrolmentAnswer {

  /**
   * It has joined.
   *
   * @param agentId who it is from now on
   * @param tenantId whose agent it is; null where the server does not say
   * @param apiKey proves it; said only this once
   * @param updateKey proves that an update is meant for it; said only this once
   */
  record Joined(UUID agentId, @Nullable UUID tenantId, Secret apiKey, Secret updateKey)
      implements EnrolmentAnswer {}

  /** The server knows an agent of this name already, and does not say its key again. */
  record AlreadyRegistered() implements EnrolmentAnswer {}
}
