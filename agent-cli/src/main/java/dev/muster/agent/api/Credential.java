package dev.muster.agent.api;

import dev.muster.domain.credential.Secret;
import java.util.UUID;

/**
 * How the agent presents itself.
 *
 * @param apiKey proves who it is
 * @param instance tells this installation from another that was given the same name
 */
public record Credential(Secret apiKey, UUID instance) {}
