package dev.muster.application.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.Agent;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.AgentSafeguards.Rotation;
import dev.muster.ports.in.fleet.SigningRenewal;
import dev.muster.ports.out.fleet.SigningSecrets.Kept;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SigningRenewalServiceTest extends UseCaseTest {
  @Test
  void a_secret_is_replaced_after_90_days_and_the_one_before_works_on_for_a_day() {
    Agent agent = signing();
    pass(SigningRenewal.LIFE.minusSeconds(1));
    assertThat(in().renewal().due(signed(agent, 1))).isEmpty();
    pass(Duration.ofSeconds(1));

    Optional<Secret> renewed = in().renewal().due(signed(agent, 1));

    assertThat(renewed).isPresent();
    assertThat(versions(agent)).containsExactly(2, 1);
    assertThat(audited("agent.rotate_signing_secret").getLast().actor().kind()).isEqualTo("server");
    pass(SigningRenewal.GRACE);
    assertThat(versions(agent)).containsExactly(2);
  }

  @Test
  void it_is_told_again_until_the_agent_signs_with_it() {
    Agent agent = signing();
    pass(SigningRenewal.LIFE);
    Secret renewed = in().renewal().due(signed(agent, 1)).orElseThrow();

    assertThat(in().renewal().due(signed(agent, 1))).contains(renewed);
    assertThat(in().renewal().due(signed(agent, 2))).isEmpty();
    assertThat(versions(agent)).containsExactly(2, 1);
  }

  @Test
  void who_has_not_signed_is_told_nothing() {
    Agent agent = signing();
    pass(SigningRenewal.LIFE);

    assertThat(in().renewal().due(calling(agent))).isEmpty();
    assertThat(versions(agent)).containsExactly(1);
  }

  @Test
  void what_a_person_issued_is_for_that_person_to_deliver() {
    Agent agent = signing();
    rotate(agent);

    assertThat(in().renewal().due(signed(agent, 1))).isEmpty();
  }

  private Agent signing() {
    Agent agent = agent(1);
    rotate(agent);
    return agent;
  }

  private void rotate(Agent agent) {
    Rotation rotation = new Rotation(Duration.ofHours(1), true);
    value(in().safeguards().rotateSigningSecret(operator(), agent.tenant(), agent.id(), rotation));
  }

  private Caller signed(Agent agent, int version) {
    return new Caller(calling(agent).principal(), ORIGIN, version);
  }

  private List<Integer> versions(Agent agent) {
    return ports().signingSecrets().live(agent.tenant(), agent.id(), now()).stream()
        .map(Kept::version)
        .toList();
  }
}
