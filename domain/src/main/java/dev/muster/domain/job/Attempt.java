package dev.muster.domain.job;

import dev.muster.domain.fleet.AgentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try of a job by one agent.
 *
 * @param number the fence that this try was given
 * @param outcome how it ended ({@code completed}, {@code failed}, {@code cancelled}, {@code
 *     released}, {@code lease_lost}, {@code run_timeout}), or null while it lasts
 */
public record Attempt(
    int number,
    AgentId agent,
    Instant assignedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String outcome,
    @Nullable JobError error) {}
