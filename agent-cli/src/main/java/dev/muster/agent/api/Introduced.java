package dev.muster.agent.api;

import dev.muster.domain.credential.Secret;
import java.util.Optional;

/**
 * What the server says to an introduction.
 *
 * @param updateKey proves that an update is meant for this agent; said only the first time
 */
public record Introduced(Optional<Secret> updateKey) {}
