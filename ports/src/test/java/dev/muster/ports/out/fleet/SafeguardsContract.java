package dev.muster.ports.out.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.fleet.Safeguards.Asked;
import dev.muster.ports.out.fleet.SigningSecrets.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Safeguards} and {@link SigningSecrets} must do. */
public abstract class SafeguardsContract {
  private static final Instant NOW = Samples.NOW;

  private Agent agent = Samples.agent(TenantId.SYSTEM);

  protected abstract Agents agents();

  protected abstract Safeguards safeguards();

  protected abstract SigningSecrets secrets();

  /** The id of a tenant that is there. */
  protected abstract TenantId aTenant();

  @BeforeEach
  void anAgent() {
    TenantId tenant = aTenant();
    agent = Samples.agent(tenant);
    agents().add(tenant, agent);
  }

  @Test
  void of_an_agent_nothing_is_asked_until_somebody_says_so() {
    assertThat(safeguards().find(agent.tenant(), agent.id())).contains(Asked.NOTHING);
    assertThat(safeguards().lock(agent.tenant(), agent.id())).contains(Asked.NOTHING);
  }

  @Test
  void what_is_asked_is_kept_and_for_its_tenant_only() {
    Asked asked = new Asked(10, List.of("ab".repeat(32), "cd".repeat(32)), true);
    safeguards().replace(agent.tenant(), agent.id(), new Asked(null, List.of(), true));
    safeguards().replace(agent.tenant(), agent.id(), asked);

    assertThat(safeguards().find(agent.tenant(), agent.id())).contains(asked);
    assertThat(safeguards().lock(agent.tenant(), agent.id())).contains(asked);
    assertThat(safeguards().find(aTenant(), agent.id())).isEmpty();
    assertThat(safeguards().lock(aTenant(), agent.id())).isEmpty();
  }

  @Test
  void what_was_asked_goes_with_the_agent() {
    safeguards().replace(agent.tenant(), agent.id(), new Asked(10, List.of(), true));
    secrets().add(agent.tenant(), agent.id(), secret(1, null));

    agents().remove(agent.tenant(), agent.id());

    assertThat(safeguards().find(agent.tenant(), agent.id())).isEmpty();
    assertThat(secrets().live(agent.tenant(), agent.id(), NOW)).isEmpty();
  }

  @Test
  void secrets_live_until_they_are_told_to_end_the_newest_first() {
    secrets().add(agent.tenant(), agent.id(), secret(1, null));
    secrets().endAll(agent.tenant(), agent.id(), NOW.plus(Duration.ofHours(1)));
    secrets().add(agent.tenant(), agent.id(), secret(2, null));

    assertThat(versions(NOW.plus(Duration.ofMinutes(59)))).containsExactly(2, 1);
    assertThat(versions(NOW.plus(Duration.ofHours(1)))).containsExactly(2);
    assertThat(secrets().live(aTenant(), agent.id(), NOW)).isEmpty();
  }

  @Test
  void what_ends_sooner_is_not_made_to_live_longer() {
    secrets().add(agent.tenant(), agent.id(), secret(1, null));
    secrets().endAll(agent.tenant(), agent.id(), NOW.plusSeconds(1));
    secrets().endAll(agent.tenant(), agent.id(), NOW.plusSeconds(10));

    assertThat(versions(NOW)).containsExactly(1);
    assertThat(versions(NOW.plusSeconds(1))).isEmpty();
  }

  @Test
  void no_version_is_given_twice_not_even_that_of_one_that_ended() {
    assertThat(secrets().nextVersion(agent.tenant(), agent.id())).isEqualTo(1);
    secrets().add(agent.tenant(), agent.id(), secret(1, null));
    secrets().endAll(agent.tenant(), agent.id(), NOW);

    assertThat(secrets().nextVersion(agent.tenant(), agent.id())).isEqualTo(2);
  }

  @Test
  void a_secret_is_kept_as_it_was_given() {
    secrets().add(agent.tenant(), agent.id(), secret(3, NOW.plusSeconds(5)));

    assertThat(secrets().live(agent.tenant(), agent.id(), NOW))
        .singleElement()
        .usingRecursiveComparison()
        .isEqualTo(secret(3, NOW.plusSeconds(5)));
  }

  private List<Integer> versions(Instant now) {
    return secrets().live(agent.tenant(), agent.id(), now).stream().map(Kept::version).toList();
  }

  private static Kept secret(int version, @Nullable Instant endsAt) {
    return new Kept(version, new byte[] {1, 2, (byte) version}, version == 3, NOW, endsAt);
  }
}
