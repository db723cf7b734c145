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
 * @param dedicated whether it serves one tenant only, by the way it joined
 * @param tenantId that tenant; null where it serves any, or the server did not say which
 * @param apiKey proves it
 * @param updateKey proves that an update is meant for it
 */
public record Identity(
    URI server,
    UUID agentId,
    boolean dedicated,
    @Nullable UUID tenantId,
    Secret apiKey,
    Secret updateKey) {}
