package dev.muster.domain.scheduling;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import org.jspecify.annotations.Nullable;

/** What decides which jobs fit an agent: agents of one kind are matched once. */
record AgentKind(
    TenantId owner, Abilities abilities, String workerType, @Nullable TenantSlug servesTenant) {
  static AgentKind of(Seeker seeker) {
    return new AgentKind(
        seeker.tenant(), seeker.abilities(), seeker.workerType(), seeker.servesTenant());
  }
}
