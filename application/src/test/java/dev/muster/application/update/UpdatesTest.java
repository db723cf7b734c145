package dev.muster.application.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.update.Installed;
import dev.muster.domain.update.OfferCheck;
import dev.muster.domain.update.Release;
import dev.muster.domain.update.RolloutStatus;
import dev.muster.domain.update.UpdateOutcome;
import dev.muster.domain.update.Verdict;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.enrolment.Enrolment.Enrolled;
import dev.muster.ports.in.update.AgentUpdates.Offered;
import dev.muster.ports.in.update.AgentUpdates.Result;
import dev.muster.ports.in.update.Chunks;
import dev.muster.ports.in.update.ReleaseAdministration.NewRelease;
import dev.muster.ports.in.update.ReleaseAdministration.Reach;
import dev.muster.ports.in.update.ReleaseAdministration.ReleaseStanding;
import dev.muster.ports.paging.PageRequest;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class UpdatesTest extends UseCaseTest {
  /** More than two pieces. */
  private static final byte[] ARTIFACT = new byte[2_500_000];

  private static final Reach EVERYBODY = new Reach(100, Set.of(), Set.of());

  static {
    new Random(1).nextBytes(ARTIFACT);
  }

  @Test
  void an_agent_gets_a_signed_offer_that_it_can_take_and_the_whole_artifact() throws Exception {
    Enrolled enrolled = enrolled(ANY, 1);
    Release release = uploaded(7);
    value(in().releases().rollOut(operator(), 7, EVERYBODY));

    Offered offered = offer(enrolled.agent()).orElseThrow();

    Installed here =
        new Installed(
            enrolled.agent().id(),
            enrolled.agent().tenant(),
            enrolled.updateKey(),
            List.of(),
            0,
            0,
            Set.of(),
            25);
    assertThat(OfferCheck.of(offered.offer(), here, now()))
        .isEqualTo(new Verdict.Acceptable(release));
    var artifact = value(in().updates().artifact(calling(enrolled.agent()), 7));
    var bytes = new ByteArrayOutputStream();
    artifact.writer().accept((buffer, length) -> bytes.write(buffer, 0, length));
    assertThat(artifact.length()).isEqualTo(ARTIFACT.length);
    assertThat(bytes.toByteArray()).isEqualTo(ARTIFACT);
  }

  @Test
  void nothing_is_offered_before_it_is_whole_and_rolled_out() throws Exception {
    Agent agent = agent(1);
    value(in().releases().announce(operator(), new NewRelease(release(7), null)));

    assertRefused(in().releases().rollOut(operator(), 7, EVERYBODY), Code.STATE_CONFLICT);
    value(in().releases().upload(operator(), 7, whole()));
    assertThat(offer(agent)).isEmpty();
    assertRefused(in().updates().artifact(calling(agent), 7), Code.NOT_FOUND);

    value(in().releases().rollOut(operator(), 7, EVERYBODY));
    assertThat(offer(agent)).isPresent();
    value(in().releases().pause(operator(), 7));
    assertThat(offer(agent)).isEmpty();
    assertRefused(in().updates().artifact(calling(agent), 7), Code.NOT_FOUND);
  }

  @Test
  void an_artifact_that_is_not_what_was_announced_is_refused_and_not_kept() throws Exception {
    value(in().releases().announce(operator(), new NewRelease(release(7), null)));

    assertRefused(
        in().releases().upload(operator(), 7, chunks -> chunks.next(ARTIFACT, 5)), Code.INVALID);
    byte[] other = ARTIFACT.clone();
    other[ARTIFACT.length - 1] ^= 1;
    assertRefused(
        in().releases().upload(operator(), 7, chunks -> chunks.next(other, other.length)),
        Code.INVALID);

    assertThat(value(in().releases().find(operator(), 7)).complete()).isFalse();
    assertThat(ports().releases().removeAbandoned(now().plus(Duration.ofDays(9)))).isZero();
    assertThat(value(in().releases().upload(operator(), 7, whole())).complete()).isTrue();
    assertRefused(in().releases().upload(operator(), 7, whole()), Code.STATE_CONFLICT);
  }

  @Test
  void a_sequence_is_given_once() throws Exception {
    uploaded(7);

    assertRefused(
        in().releases().announce(operator(), new NewRelease(release(7), null)),
        Code.STATE_CONFLICT);
    assertThat(value(in().releases().list(operator(), PageRequest.first())).items()).hasSize(1);
  }

  @Test
  void the_newest_release_is_offered_and_none_that_is_older_than_what_was_applied()
      throws Exception {
    Agent agent = agent(1);
    for (long sequence : new long[] {7, 9, 8}) {
      uploaded(sequence);
      value(in().releases().rollOut(operator(), sequence, EVERYBODY));
    }

    assertThat(offer(agent)).map(Offered::sequence).contains(9L);
    report(agent, 9, UpdateOutcome.APPLIED, "");
    assertThat(offer(agent)).isEmpty();
  }

  @Test
  void what_was_reverted_is_not_offered_again_before_a_new_rollout_unless_the_server_was_away()
      throws Exception {
    Agent crashed = agent(1);
    Agent cutOff = agent(1);
    uploaded(7);
    value(in().releases().rollOut(operator(), 7, EVERYBODY));
    offer(crashed);
    offer(cutOff);

    report(crashed, 7, UpdateOutcome.REVERTED, "crashed");
    report(cutOff, 7, UpdateOutcome.REVERTED, "server_away");

    assertThat(offer(crashed)).isEmpty();
    assertThat(offer(cutOff)).isEmpty();
    pass(Duration.ofHours(1));
    assertThat(offer(crashed)).isEmpty();
    assertThat(offer(cutOff)).isPresent();
    value(in().releases().rollOut(operator(), 7, EVERYBODY));
    assertThat(offer(crashed)).isPresent();
  }

  @Test
  void what_agents_say_is_audited_once_and_too_many_reverts_halt_the_rollout() throws Exception {
    uploaded(7);
    value(in().releases().rollOut(operator(), 7, EVERYBODY));
    for (int i = 0; i < 3; i++) {
      Agent agent = agent(1);
      offer(agent);
      assertThat(standing(7).rollout().status()).isEqualTo(RolloutStatus.RUNNING);
      report(agent, 7, UpdateOutcome.REVERTED, "crashed");
      report(agent, 7, UpdateOutcome.REVERTED, "crashed");
    }

    assertThat(audited("agent.self_update_reverted")).hasSize(3);
    assertThat(standing(7).rollout().status()).isEqualTo(RolloutStatus.HALTED);
    assertThat(standing(7).tally().reverted()).isEqualTo(3);
    assertThat(audited("release.halt")).hasSize(1);
    assertThat(offer(agent(1))).isEmpty();
  }

  @Test
  void nobody_speaks_of_a_release_that_it_was_not_offered() throws Exception {
    Agent agent = agent(1);
    uploaded(7);

    assertRefused(
        in().updates().report(calling(agent), new Result(7, UpdateOutcome.APPLIED, "")),
        Code.NOT_FOUND);
    assertThat(audited("agent.self_update_applied")).isEmpty();
  }

  @Test
  void agents_that_are_named_are_offered_it_before_all_others() throws Exception {
    Agent pinned = agent(1);
    uploaded(7);
    value(in().releases().rollOut(operator(), 7, new Reach(0, Set.of(), Set.of(pinned.id()))));

    assertThat(offer(pinned)).isPresent();
    assertThat(offer(agent(1))).isEmpty();
  }

  private Release uploaded(long sequence) throws Exception {
    Release release = release(sequence);
    value(in().releases().announce(operator(), new NewRelease(release, null)));
    value(in().releases().upload(operator(), sequence, whole()));
    return release;
  }

  private static Consumer<Chunks> whole() {
    return chunks -> {
      int middle = 1_234_567;
      chunks.next(ARTIFACT, middle);
      byte[] rest = java.util.Arrays.copyOfRange(ARTIFACT, middle, ARTIFACT.length);
      chunks.next(rest, rest.length);
    };
  }

  private static Release release(long sequence) throws Exception {
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(ARTIFACT));
    return new Release(sequence, 0, "1.0." + sequence, 25, ARTIFACT.length, hash);
  }

  private Optional<Offered> offer(Agent agent) {
    return value(in().updates().offer(calling(agent)));
  }

  private void report(Agent agent, long sequence, UpdateOutcome outcome, String cause) {
    value(in().updates().report(calling(agent), new Result(sequence, outcome, cause)));
  }

  private ReleaseStanding standing(long sequence) {
    return value(in().releases().find(operator(), sequence));
  }
}
