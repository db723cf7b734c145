package dev.muster.agent.api;

import dev.muster.domain.credential.Secret;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a shared agent is given when it registers itself.
 *
 * @param agentId who it is
 * @param token proves it
 * @param expiresAt until when, by the server's clock
 * @param updateKey proves that an update is meant for it; said only the first time
 */
public record SharedToken(
    UUID agentId, Secret token, Instant expiresAt, Optional<Secret> updateKey) {}
