package dev.muster.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.Installation;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Action;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Access;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.in.enrolment.Enrolment.Enrolled;
import dev.muster.ports.in.fleet.AgentCredentials;
import dev.muster.ports.in.fleet.AgentSafeguards.Rotation;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two hosts that were given one agent's key. */
final class RecognitionTest extends UseCaseTest {
  private static final UUID HERE = new UUID(1, 1);
  private static final UUID ELSEWHERE = new UUID(2, 2);
  private static final Duration A_MOMENT = Duration.ofSeconds(2);

  private final Access door = in().access();
  private final Enrolled enrolled = enrolled(ANY, 1);

  @Test
  void another_installation_under_a_key_that_is_in_use_is_refused_and_that_is_noted() {
    value(comeFrom(HERE));
    pass(A_MOMENT);

    assertRefused(comeFrom(ELSEWHERE), Code.AGENT_NAME_IN_USE);
    assertRefused(withId(ELSEWHERE), Code.AGENT_NAME_IN_USE);
    assertThat(audited("agent.heartbeat")).hasSize(2);
    assertThat(value(withId(HERE)).agent()).isEqualTo(enrolled.agent().id());
  }

  @Test
  void the_first_installation_and_each_that_takes_over_are_noted() {
    value(comeFrom(HERE));
    pass(A_MOMENT);
    value(comeFrom(HERE));

    assertThat(audited("agent.settled"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.after()).contains(HERE.toString()));
  }

  @Test
  void a_disabled_agent_is_told_so_and_nobody_settles_as_it() {
    value(in().agents().disable(operator(), TenantId.SYSTEM, enrolled.agent().id()));

    assertRefused(comeFrom(ELSEWHERE), Code.AGENT_DISABLED);
    value(in().agents().enable(operator(), TenantId.SYSTEM, enrolled.agent().id()));

    value(comeFrom(HERE));
  }

  @Test
  void nobody_settles_by_a_call_that_is_not_the_agents() {
    Presented presented = new Presented.Token(enrolled.apiKey(), ELSEWHERE);

    assertRefused(
        door.admit(presented, null, Action.JOB_LIST, Audience.USERS, ORIGIN, null), Code.FORBIDDEN);

    value(comeFrom(HERE));
  }

  @Test
  void an_agent_that_must_sign_settles_by_its_signature_and_not_by_its_key() {
    Rotation signing = new Rotation(Duration.ofHours(1), true);
    AgentId id = enrolled.agent().id();
    value(in().safeguards().rotateSigningSecret(operator(), TenantId.SYSTEM, id, signing));

    Presented here = new Presented.Token(enrolled.apiKey(), HERE);
    Caller thief = value(comeFrom(ELSEWHERE));
    Caller agent = value(comeFrom(HERE));
    value(door.heard(agent, here, Action.AGENT_HEARTBEAT));
    pass(Duration.ofMillis(1));
    value(door.heard(agent, here, Action.AGENT_HEARTBEAT));
    pass(A_MOMENT);

    assertRefused(
        door.heard(
            thief, new Presented.Token(enrolled.apiKey(), ELSEWHERE), Action.AGENT_HEARTBEAT),
        Code.AGENT_NAME_IN_USE);
    value(door.heard(agent, new Presented.Token(enrolled.apiKey(), HERE), Action.AGENT_HEARTBEAT));
    assertThat(audited("agent.settled")).hasSize(1);
  }

  @Test
  void a_host_that_is_given_the_next_key_after_a_revocation_is_let_in_at_once() {
    value(comeFrom(HERE));
    AgentId id = enrolled.agent().id();
    value(in().agentCredentials().revokeKeys(operator(), TenantId.SYSTEM, id));
    var rotation = new AgentCredentials.Rotation(0, null);
    Secret next =
        value(in().agentCredentials().rotateKey(operator(), TenantId.SYSTEM, id, rotation))
            .secret();

    value(admit(new Presented.Token(next, ELSEWHERE)));
  }

  @Test
  void who_is_refused_does_not_keep_the_agent_alive_and_comes_in_once_it_is_silent() {
    value(comeFrom(HERE));
    pass(Installation.LEASE.minusSeconds(1));
    assertRefused(comeFrom(ELSEWHERE), Code.AGENT_NAME_IN_USE);
    pass(A_MOMENT);

    value(comeFrom(ELSEWHERE));

    assertThat(audited("agent.taken_over"))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.before()).contains(HERE.toString());
          assertThat(entry.after()).contains(ELSEWHERE.toString());
        });
    pass(A_MOMENT);
    assertRefused(comeFrom(HERE), Code.AGENT_NAME_IN_USE);
  }

  @Test
  void one_that_does_not_say_which_it_is_is_not_asked() {
    value(comeFrom(HERE));
    pass(A_MOMENT);

    value(comeFrom(null));
    pass(A_MOMENT);

    value(comeFrom(HERE));
    assertThat(audited("agent.taken_over")).isEmpty();
  }

  private Outcome<Caller> comeFrom(@Nullable UUID installation) {
    return admit(new Presented.Token(enrolled.apiKey(), installation));
  }

  private Outcome<Caller> withId(@Nullable UUID installation) {
    UUID id = enrolled.agent().id().value();
    return admit(new Presented.AgentKey(id, enrolled.apiKey(), installation));
  }

  private Outcome<Caller> admit(Presented presented) {
    return door.admit(presented, null, Action.AGENT_HEARTBEAT, Audience.AGENTS, ORIGIN, null);
  }
}
