package dev.muster.application.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.fleet.Agent;
import dev.muster.ports.in.scheduling.JobDispatch.Claim;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ParkedPollsTest extends UseCaseTest {
  private static final long NOW = System.nanoTime();
  private static final Duration HOUR = Duration.ofHours(1);

  private final ParkedPolls polls = new ParkedPolls();
  private final Agent agent = agent(1);
  private final Poll one = poll(agent, null, HOUR);
  private final Poll other = poll(agent(1), null, HOUR);

  @BeforeEach
  void park() {
    polls.park(one);
    polls.park(other);
  }

  @Test
  void the_newest_poll_of_an_agent_is_the_one_to_answer() {
    Poll newer = poll(agent, "claim", HOUR);
    polls.park(newer);

    assertThat(polls.of(agent.id())).contains(newer);
    assertThat(polls.all(agent.id())).containsExactly(one, newer);
    polls.remove(newer);
    assertThat(polls.of(agent.id())).contains(one);
  }

  @Test
  void an_agent_without_a_poll_does_not_wait() {
    polls.remove(one);
    polls.remove(one);

    assertThat(polls.of(agent.id())).isEmpty();
    assertThat(polls.agents()).containsExactly(other.agent());
    polls.remove(other);
    assertThat(polls.isEmpty()).isTrue();
  }

  @Test
  void polls_are_due_when_their_time_is_over_and_the_first_is_known() {
    Poll soon = poll(agent(1), null, Duration.ofSeconds(1));
    Poll sooner = poll(agent(1), null, Duration.ZERO);
    polls.park(soon);
    polls.park(sooner);

    assertThat(polls.due(NOW)).containsExactly(sooner);
    assertThat(polls.nanosToFirstDeadline(NOW)).isZero();
    polls.remove(sooner);
    assertThat(polls.nanosToFirstDeadline(NOW)).isEqualTo(Duration.ofSeconds(1).toNanos());
    assertThat(polls.due(NOW + HOUR.toNanos())).hasSize(3);
  }

  @Test
  void only_the_same_agent_under_the_same_claim_id_ends_a_poll() {
    Poll claim = poll(agent, "claim", HOUR);
    polls.park(claim);

    List.of(poll(agent, "another", HOUR), poll(agent, null, HOUR), poll(agent(1), "claim", HOUR))
        .forEach(polls::park);
    assertThat(claim.isAnswered()).isFalse();
    polls.park(poll(agent, "claim", HOUR));

    assertThat(claim.isAnswered()).isTrue();
    assertThat(one.isAnswered()).isFalse();
  }

  @Test
  void an_agent_with_too_many_polls_loses_its_oldest_and_no_other_agent_loses_any() {
    for (int i = 1; i < ParkedPolls.MOST_OF_ONE_AGENT; i++) {
      polls.park(poll(agent, "claim-" + i, HOUR));
    }
    assertThat(one.isAnswered()).isFalse();

    polls.park(poll(agent, "one too many", HOUR));

    assertThat(one.isAnswered()).isTrue();
    assertThat(polls.all(agent.id())).hasSize(ParkedPolls.MOST_OF_ONE_AGENT).doesNotContain(one);
    assertThat(polls.of(other.agent())).contains(other);
  }

  @Test
  void at_the_end_all_are_answered() {
    polls.endAll();

    assertThat(List.of(one, other)).allMatch(Poll::isAnswered);
    assertThat(polls.isEmpty()).isTrue();
  }

  private Poll poll(Agent who, @Nullable String claimId, Duration patience) {
    Claim claim = new Claim(null, null, null, 1, patience, claimId);
    return new Poll(calling(who), claim, NOW + patience.toNanos());
  }
}
