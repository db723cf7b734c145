package dev.muster.agent.enrolment;

import dev.muster.domain.credential.Secret;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who the agent is.
 *
 * @param server where it is that; the credential is shown to no other
 * @param agentId its id there
 * @param tenantId whose agent it is; null for one that serves any tenant
 * @param apiKey proves it
 * @param updateKey proves that an update is meant for it
 */
public record Identity(
    URI server, UUID agentId, @Nullable UUID tenantId, Secret apiKey, Secret updateKey) {}
