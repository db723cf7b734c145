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
  private static final long FOREVER = Long.MAX_VALUE;

  private final ParkedPolls polls = new ParkedPolls();
  private final Agent agent = agent(1);
  private final Poll one = poll(agent, null);
  private final Poll other = poll(agent(1), null);

  @BeforeEach
  void park() throws InterruptedException {
    polls.park(one);
    polls.park(other);
    assertThat(polls.nextTurn(FOREVER)).containsExactly(one, other);
  }

  @Test
  void a_poll_that_arrives_has_a_turn_at_once_and_the_others_wait_on() throws Exception {
    Poll third = poll(agent(1), null);
    polls.park(third);

    assertThat(polls.nextTurn(FOREVER)).containsExactly(third);
  }

  @Test
  void a_signal_about_an_agent_wakes_its_polls_only() throws Exception {
    Poll second = poll(agent, "claim");
    polls.park(second);
    polls.nextTurn(FOREVER);

    polls.wake(agent.id());

    assertThat(polls.nextTurn(FOREVER)).containsExactly(one, second);
  }

  @Test
  void a_signal_about_jobs_wakes_everyone() throws Exception {
    polls.wakeEveryone();

    assertThat(polls.nextTurn(FOREVER)).containsExactly(one, other);
  }

  @Test
  void everyone_has_a_turn_when_the_time_is_up() throws Exception {
    assertThat(polls.nextTurn(0)).containsExactly(one, other);
  }

  @Test
  void a_poll_that_was_answered_or_whose_caller_has_gone_has_no_turn() throws Exception {
    one.answerNothing();
    polls.remove(other);

    assertThat(polls.nextTurn(0)).isEmpty();
    assertThat(polls.size()).isZero();
  }

  @Test
  void only_the_same_agent_under_the_same_claim_id_ends_a_poll() {
    Poll claim = poll(agent, "claim");
    polls.park(claim);

    List.of(poll(agent, "another"), poll(agent, null), poll(agent(1), "claim"))
        .forEach(polls::park);
    assertThat(claim.isAnswered()).isFalse();
    polls.park(poll(agent, "claim"));

    assertThat(claim.isAnswered()).isTrue();
    assertThat(one.isAnswered()).isFalse();
  }

  @Test
  void an_agent_with_too_many_polls_loses_its_oldest_and_no_other_agent_loses_any()
      throws Exception {
    for (int i = 1; i < ParkedPolls.MOST_OF_ONE_AGENT; i++) {
      polls.park(poll(agent, "claim-" + i));
    }
    assertThat(one.isAnswered()).isFalse();

    polls.park(poll(agent, "one too many"));

    assertThat(one.isAnswered()).isTrue();
    assertThat(polls.nextTurn(0)).hasSize(ParkedPolls.MOST_OF_ONE_AGENT + 1).contains(other);
  }

  @Test
  void closing_answers_those_who_wait_and_those_who_come_later() {
    polls.close();
    Poll late = poll(agent, null);
    polls.park(late);

    assertThat(List.of(one, other, late)).allMatch(Poll::isAnswered);
    assertThat(polls.isClosed()).isTrue();
  }

  private Poll poll(Agent who, @Nullable String claimId) {
    Claim claim = new Claim(null, null, null, 1, Duration.ofHours(1), claimId);
    return new Poll(calling(who), claim, System.nanoTime() + Duration.ofHours(1).toNanos());
  }
}
