package dev.muster.domain.enrolment;

import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token with which a tenant's agents present themselves, each by its own name.
 *
 * @param prefix what may be shown of it
 * @param revokedAt when it was taken back, or null
 * @param lastUsedAt when an agent that comes with it was last heard of; null where none was, or
 *     nobody asked
 */
public record AgentToken(
    AgentTokenId id,
    TenantId tenant,
    String name,
    String prefix,
    Instant createdAt,
    String createdBy,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {}
