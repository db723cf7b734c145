package dev.muster.ports.in.enrolment;

import dev.muster.domain.fleet.Abilities;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent that comes by name says of itself.
 *
 * @param version of the agent's program, or null
 * @param registrationId so that a lost answer can be asked for again, or null
 */
public record Declaration(
    Abilities abilities,
    int maxConcurrent,
    @Nullable String version,
    @Nullable UUID registrationId) {}
