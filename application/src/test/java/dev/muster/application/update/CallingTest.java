package dev.muster.application.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.update.Release;
import dev.muster.domain.update.Stagger;
import dev.muster.domain.update.UpdateOutcome;
import dev.muster.ports.in.update.AgentUpdates.Result;
import dev.muster.ports.in.update.ReleaseAdministration.NewRelease;
import dev.muster.ports.in.update.ReleaseAdministration.Reach;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told to look for a release, and when. */
class CallingTest extends UseCaseTest {
  private static final byte[] ARTIFACT = {1, 2, 3};

  @BeforeEach
  void upload() throws Exception {
    uploaded(7);
  }

  @Test
  void a_rollout_calls_those_that_it_reaches_and_nobody_before_it_runs() throws Exception {
    AgentId named = updatable();
    updatable();
    assertThat(called()).isEmpty();

    rollOut(0, named);

    assertThat(called()).containsExactly(named);
  }

  @Test
  void who_has_looked_is_not_called_again_until_a_person_sets_the_rollout() {
    AgentId agent = updatable();
    rollOut(100);
    hear(agent);
    assertThat(called()).isEmpty();

    rollOut(100);

    assertThat(called()).containsExactly(agent);
  }

  @Test
  void who_refused_a_release_is_called_once_more_by_a_new_rollout_and_who_has_it_is_not() {
    AgentId refuses = updatable();
    AgentId applies = updatable();
    rollOut(100);
    pass(Stagger.LONGEST.dividedBy(2));
    hear(refuses);
    hear(applies);
    report(refuses, UpdateOutcome.REJECTED);
    report(applies, UpdateOutcome.APPLIED);
    assertThat(called()).isEmpty();
    pass(Duration.ofMinutes(30));
    assertThat(called()).isEmpty();

    rollOut(100);

    assertThat(called()).containsExactly(refuses);
  }

  @Test
  void a_rollout_that_is_widened_calls_those_that_it_reaches_now() {
    Set<AgentId> all = Set.of(updatable(), updatable(), updatable());
    rollOut(0);
    pass(Duration.ofMinutes(1));
    assertThat(called()).isEmpty();

    rollOut(100);
    pass(Duration.ofSeconds(1));

    assertThat(called()).isEqualTo(all);
  }

  @Test
  void agents_are_called_one_after_the_other() {
    int agents = 4 * Stagger.AGENTS_PER_SECOND;
    IntStream.range(0, agents).forEach(i -> updatable());
    rollOut(100);

    for (int second = 0; second < 4; second++) {
      pass(Duration.ofSeconds(1).minusMillis(1));
      Set<AgentId> now = called();
      assertThat(now).hasSize(Stagger.AGENTS_PER_SECOND);
      now.forEach(this::hear);
      pass(Duration.ofMillis(1));
    }
    pass(Duration.ofMinutes(1));
    assertThat(called()).isEmpty();
  }

  @Test
  void a_rollout_that_is_stopped_calls_nobody_any_more() {
    AgentId agent = updatable();
    rollOut(100);
    value(in().releases().pause(operator(), 7));
    assertThat(called()).isEmpty();

    rollOut(100);
    assertThat(called()).containsExactly(agent);
    value(in().releases().halt(operator(), 7));
    assertThat(called()).isEmpty();
  }

  @Test
  void a_rollout_that_halts_by_itself_calls_nobody_any_more() {
    IntStream.range(0, 4).forEach(i -> updatable());
    rollOut(100);
    Set<AgentId> all = Set.copyOf(ports().transactions().acrossTenants(this::everybody));
    pass(Duration.ofSeconds(5));

    all.stream().limit(3).forEach(agent -> report(agent, UpdateOutcome.REVERTED));

    assertThat(called()).isEmpty();
  }

  @Test
  void who_was_away_for_a_day_looks_when_it_comes_back_and_is_not_called() {
    updatable();
    pass(Duration.ofDays(1));
    AgentId here = updatable();

    rollOut(100);

    assertThat(called()).containsExactly(here);
  }

  private Set<AgentId> everybody() {
    return ports().agents().all().map(Agent::id).collect(java.util.stream.Collectors.toSet());
  }

  /** Who is to be told now. */
  private Set<AgentId> called() {
    return ports().agentNews().concerned(now());
  }

  private void hear(AgentId agent) {
    var news = ports().agentNews().of(Set.of(agent), now()).get(agent);
    ports().agentNews().told(agent, news);
  }

  private AgentId updatable() {
    return enrolled(ANY, 1).agent().id();
  }

  private void rollOut(int percentage, AgentId... pinned) {
    value(in().releases().rollOut(operator(), 7, new Reach(percentage, Set.of(), Set.of(pinned))));
  }

  private void report(AgentId id, UpdateOutcome outcome) {
    Agent agent = ports().transactions().acrossTenants(() -> ports().agents().known(id)).get();
    value(in().updates().offer(calling(agent)));
    value(in().updates().report(calling(agent), new Result(7, outcome, "")));
  }

  private void uploaded(long sequence) throws Exception {
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(ARTIFACT));
    Release release = new Release(sequence, 0, "1.0." + sequence, 25, ARTIFACT.length, hash);
    value(in().releases().announce(operator(), new NewRelease(release, null)));
    value(
        in().releases()
            .upload(operator(), sequence, chunks -> chunks.next(ARTIFACT, ARTIFACT.length)));
  }
}
