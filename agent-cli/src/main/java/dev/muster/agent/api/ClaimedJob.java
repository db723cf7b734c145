package dev.muster.agent.api;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tracing.TraceParent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job that the server has given to this agent.
 *
 * @param lease the job's id and attempt
 * @param tenantId whose job it is
 * @param tenantSlug that tenant's short name
 * @param type the job's type, as submitted
 * @param payload what to do, as submitted; never to be trusted
 * @param runTimeout how long it may take, from assignment
 * @param token for calls to the server in the job's name, or null where none was given
 * @param trace the trace that it belongs to, or null
 */
public record ClaimedJob(
    Lease lease,
    TenantId tenantId,
    String tenantSlug,
    String type,
    ObjectNode payload,
    Duration runTimeout,
    @Nullable Secret token,
    @Nullable TraceParent trace) {}
