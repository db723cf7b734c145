package dev.muster.application.enrolment;

import dev.muster.domain.enrolment.Flow;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.enrolment.Enrolment.Applicant;
import dev.muster.ports.out.enrolment.Registrations;
import dev.muster.ports.out.fleet.Agents;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a while who joined under which registration id, so that a call whose answer was
 * lost can be repeated. Within an open transaction in the tenant.
 */
public final class Repeatable {
  /** How long the answer to a registration can be asked for again. */
  static final Duration TIME = Duration.ofMinutes(10);

  private final Registrations registrations;
  private final Agents agents;

  /** Keeps in {@code registrations} who joined. */
  public Repeatable(Registrations registrations, Agents agents) {
    this.registrations = registrations;
    this.agents = agents;
  }

  /** Who joined under the applicant's registration id a short while ago. */
  Optional<Agent> before(TenantId tenant, Flow flow, Applicant applicant, Instant now) {
    return before(tenant, flow, applicant.registrationId(), now);
  }

  /** Who joined under a registration id a short while ago; nobody where there is no id. */
  Optional<Agent> before(TenantId tenant, Flow flow, @Nullable UUID id, Instant now) {
    return id == null
        ? Optional.empty()
        : registrations
            .joinedAs(tenant, flow, id, now.minus(TIME))
            .flatMap(agent -> agents.find(tenant, agent));
  }

  /** Notes who joined, where a registration id was named. */
  void joined(Agent agent, Flow flow, @Nullable UUID id, Instant now) {
    if (id != null) {
      registrations.joined(agent.tenant(), flow, id, agent.id(), now);
    }
  }
}
