package dev.muster.agent.connector;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job that this agent has leased.
 *
 * @param attempt the fence: which try of the job this is
 * @param payload what to do; belongs to the assignment, connectors do not change it
 * @param runTimeout how long it may run
 * @param token for calls to the server in the job's name, or null where there is none
 */
public record Assignment(
    JobId jobId,
    int attempt,
    TenantId tenantId,
    String tenantSlug,
    String type,
    ObjectNode payload,
    Duration runTimeout,
    @Nullable Secret token) {}
