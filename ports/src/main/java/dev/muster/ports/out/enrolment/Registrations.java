package dev.muster.ports.out.enrolment;

import dev.muster.domain.enrolment.Flow;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Who joined under which registration id, where there was no enrolment token. */
public interface Registrations {
  /** Notes who joined; of the same id only the last is known. */
  void joined(TenantId tenant, Flow flow, UUID registrationId, AgentId agent, Instant at);

  /** Who joined under a registration id since a moment, that moment included. */
  Optional<AgentId> joinedAs(TenantId tenant, Flow flow, UUID registrationId, Instant since);
}
