package dev.muster.ports.out.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.ports.in.scheduling.JobDispatch.Control;
import dev.muster.ports.out.job.JobStorageContract;
import dev.muster.ports.out.scheduling.AgentNews.News;
import dev.muster.ports.out.update.Nudges;
import dev.muster.ports.out.update.Nudges.Nudge;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for what there is to say to agents. */
public abstract class AgentNewsContract extends JobStorageContract {
  @Test
  void an_agent_is_described_with_what_it_has() {
    Agent agent = agent(5);
    leased(tenant(PlanName.FREE), agent);
    start(leased(tenant(PlanName.FREE), agent));
    complete(leased(tenant(PlanName.FREE), agent));

    News news = newsOf(agent);

    assertThat(news.agent().leased()).isEqualTo(2);
    assertThat(news.agent().abilities()).isEqualTo(agent.abilities());
    assertThat(news.agent().name()).isEqualTo(agent.name());
    assertThat(news.agent().maxConcurrent()).isEqualTo(5);
    assertThat(news.agent().takesWork()).isTrue();
    assertThat(news.isEmpty()).isTrue();
  }

  @Test
  void many_agents_are_asked_for_at_once_and_those_that_are_gone_left_out() {
    Agent one = agent(1);
    Agent other = agent(1);

    Map<AgentId, News> news =
        storage().news().of(List.of(one.id(), other.id(), new AgentId(id())), NOW);

    assertThat(news).containsOnlyKeys(one.id(), other.id());
    assertThat(storage().news().of(List.of(), NOW)).isEmpty();
  }

  @Test
  void an_agent_is_told_once_what_was_decided_about_it() {
    Agent agent = agent(1);
    storage().steer(agent, true, true, AgentControl.DRAIN);

    News news = newsOf(agent);
    storage().news().told(agent.id(), news);

    assertThat(news.control()).isEqualTo(AgentControl.DRAIN);
    assertThat(news.agent().draining()).isTrue();
    assertThat(newsOf(agent).isEmpty()).isTrue();
  }

  @Test
  void what_was_decided_after_the_news_is_still_to_be_told() {
    Agent agent = agent(1);
    storage().steer(agent, true, true, AgentControl.DRAIN);
    News old = newsOf(agent);
    storage().steer(agent, true, false, AgentControl.RESUME);

    storage().news().told(agent.id(), old);

    assertThat(newsOf(agent).control()).isEqualTo(AgentControl.RESUME);
  }

  @Test
  void an_agent_is_told_once_which_of_its_jobs_to_stop() {
    Agent agent = agent(2);
    leased(tenant(PlanName.FREE), agent);
    Job toStop = requestCancel(leased(tenant(PlanName.FREE), agent), NOW);

    News news = newsOf(agent);
    storage().news().told(agent.id(), news);

    assertThat(news.cancels()).containsExactly(new Control.Cancel(toStop.id(), 1));
    assertThat(newsOf(agent).isEmpty()).isTrue();
  }

  @Test
  void a_job_that_has_ended_need_not_be_stopped() {
    Agent agent = agent(1);
    complete(requestCancel(leased(tenant(PlanName.FREE), agent), NOW));

    assertThat(newsOf(agent).isEmpty()).isTrue();
  }

  @Test
  void what_one_agent_was_told_another_still_hears() {
    Agent agent = agent(1);
    Agent other = agent(1);
    requestCancel(leased(tenant(PlanName.FREE), agent), NOW);
    requestCancel(leased(tenant(PlanName.FREE), other), NOW);

    storage().news().told(agent.id(), newsOf(agent));

    assertThat(newsOf(agent).isEmpty()).isTrue();
    assertThat(newsOf(other).cancels()).hasSize(1);
  }

  @Test
  void an_agent_is_told_once_and_not_before_its_moment_to_look_for_a_release() {
    Agent agent = agent(1);
    Agent other = agent(1);
    nudge(7, agent, NOW);
    nudge(7, other, NOW.plusSeconds(1));

    assertThat(newsOf(agent).nudgeDue()).isEqualTo(NOW);
    assertThat(newsOf(other).isEmpty()).isTrue();
    assertThat(storage().news().concerned(NOW)).containsExactly(agent.id());
    storage().news().told(agent.id(), newsOf(agent));

    assertThat(newsOf(agent).isEmpty()).isTrue();
    assertThat(storage().news().concerned(NOW.plusSeconds(1))).containsExactly(other.id());
    assertThat(newsOf(other, NOW.plusSeconds(1)).isEmpty()).isFalse();
  }

  @Test
  void who_is_told_of_a_rollout_while_the_next_one_begins_hears_of_that_too() {
    Agent agent = agent(1);
    nudge(7, agent, NOW);
    News old = newsOf(agent);
    nudge(8, agent, NOW.plusMillis(1));

    storage().news().told(agent.id(), old);

    assertThat(newsOf(agent, NOW.plusSeconds(1)).nudgeDue()).isEqualTo(NOW.plusMillis(1));
  }

  @Test
  void nobody_is_told_of_a_release_that_is_not_rolled_out_any_more() {
    Agent agent = agent(1);
    Agent other = agent(1);
    nudge(7, agent, NOW);
    nudge(8, other, NOW);

    storage().nudges().remove(7);

    assertThat(newsOf(agent).isEmpty()).isTrue();
    assertThat(newsOf(other).isEmpty()).isFalse();
  }

  @Test
  void what_nobody_heard_in_its_time_lapses() {
    Agent agent = agent(1);
    nudge(7, agent, NOW);
    Instant lapsed = NOW.plus(Nudges.GOOD_FOR);

    assertThat(newsOf(agent, lapsed.minusMillis(1)).isEmpty()).isFalse();
    assertThat(newsOf(agent, lapsed).isEmpty()).isTrue();
    assertThat(storage().news().concerned(lapsed)).isEmpty();
    storage().nudges().add(8, List.of(), lapsed);
    assertThat(newsOf(agent).isEmpty()).isTrue();
  }

  private void nudge(long sequence, Agent agent, Instant due) {
    storage().nudges().add(sequence, List.of(new Nudge(agent.tenant(), agent.id(), due)), NOW);
  }

  private News newsOf(Agent agent) {
    return newsOf(agent, NOW);
  }

  private News newsOf(Agent agent, Instant now) {
    return storage().news().of(List.of(agent.id()), now).get(agent.id());
  }
}
