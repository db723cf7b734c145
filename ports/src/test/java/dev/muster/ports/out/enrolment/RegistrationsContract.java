package dev.muster.ports.out.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.enrolment.Flow;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.fleet.Agents;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link Registrations} must do. */
public abstract class RegistrationsContract {
  private static final Instant NOW = Samples.NOW;

  protected abstract Registrations registrations();

  protected abstract Agents agents();

  /** The id of a tenant that is there. */
  protected abstract TenantId aTenant();

  @Test
  void who_joined_is_known_by_tenant_flow_and_id() {
    TenantId tenant = aTenant();
    UUID id = Samples.id();
    Agent agent = added(tenant);

    registrations().joined(tenant, Flow.LOCAL, id, agent.id(), NOW);

    assertThat(registrations().joinedAs(tenant, Flow.LOCAL, id, NOW)).contains(agent.id());
    assertThat(registrations().joinedAs(tenant, Flow.LOCAL, id, NOW.plusMillis(1))).isEmpty();
    assertThat(registrations().joinedAs(tenant, Flow.LEGACY, id, NOW)).isEmpty();
    assertThat(registrations().joinedAs(tenant, Flow.LOCAL, Samples.id(), NOW)).isEmpty();
    assertThat(registrations().joinedAs(aTenant(), Flow.LOCAL, id, NOW)).isEmpty();
  }

  @Test
  void of_one_id_the_last_is_known_and_goes_with_its_agent() {
    TenantId tenant = aTenant();
    UUID id = Samples.id();
    Agent last = added(tenant);
    registrations().joined(tenant, Flow.LOCAL, id, added(tenant).id(), NOW);
    registrations().joined(tenant, Flow.LOCAL, id, last.id(), NOW);
    assertThat(registrations().joinedAs(tenant, Flow.LOCAL, id, NOW)).contains(last.id());

    agents().remove(tenant, last.id());

    assertThat(registrations().joinedAs(tenant, Flow.LOCAL, id, NOW)).isEmpty();
  }

  private Agent added(TenantId tenant) {
    Agent agent = Samples.agent(tenant);
    agents().add(tenant, agent);
    return agent;
  }
}
