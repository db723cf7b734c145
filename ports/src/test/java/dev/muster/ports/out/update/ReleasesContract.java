package dev.muster.ports.out.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.update.Release;
import dev.muster.domain.update.Rollout;
import dev.muster.domain.update.RolloutStatus;
import dev.muster.domain.update.UpdateOutcome;
import dev.muster.domain.update.UpdateRecord;
import dev.muster.ports.in.update.ReleaseAdministration.NewRelease;
import dev.muster.ports.in.update.ReleaseAdministration.Tally;
import dev.muster.ports.out.update.Nudges.Candidate;
import dev.muster.ports.out.update.Releases.KeptRelease;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds of releases, their artifacts, and what agents made of them. */
public abstract class ReleasesContract {
  private static final Instant NOW = Instant.parse("2026-03-29T01:00:00.123456Z");

  /** What is tried. */
  public record Ports(Releases releases, Artifacts artifacts, AgentUpdateLog log, Nudges nudges) {}

  /** Without any release. */
  protected abstract Ports ports();

  /** An agent of the tenant that is stored. */
  protected abstract AgentId agentOf(TenantId tenant);

  /** An agent of the system tenant with an update key that was there at a moment. */
  protected abstract AgentId updatable(@Nullable String region, Instant seenAt);

  @Test
  void a_release_is_found_as_it_was_added_and_a_sequence_is_taken_once() {
    KeptRelease release = release(7, "ab".repeat(64));

    assertThat(ports().releases().add(release)).isTrue();
    assertThat(ports().releases().add(release(7, null))).isFalse();

    assertThat(ports().releases().find(7)).contains(release);
    assertThat(ports().releases().lock(7)).contains(release);
    assertThat(ports().releases().find(8)).isEmpty();
  }

  @Test
  void a_change_is_kept() {
    ports().releases().add(release(7, null));
    Rollout rollout =
        new Rollout(
            50, Set.of("eu", "us"), Set.of(new AgentId(UUID.randomUUID())), RolloutStatus.PAUSED);
    KeptRelease changed =
        release(7, null).with(rollout, NOW.plusSeconds(1)).with(UUID.randomUUID());

    ports().releases().replace(changed);

    assertThat(ports().releases().find(7)).contains(changed);
    assertThatThrownBy(() -> ports().releases().replace(release(9, null)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void on_offer_is_what_is_complete_and_runs_the_highest_first() {
    Rollout running = new Rollout(1, Set.of(), Set.of(), RolloutStatus.RUNNING);
    for (long sequence : new long[] {3, 9, 5}) {
      ports().releases().add(release(sequence, null));
      ports()
          .releases()
          .replace(release(sequence, null).with(running, NOW).with(UUID.randomUUID()));
    }
    ports().releases().add(release(10, null));
    ports().releases().add(release(11, null));
    ports()
        .releases()
        .replace(
            release(11, null)
                .with(running.with(RolloutStatus.HALTED), NOW)
                .with(UUID.randomUUID()));

    assertThat(ports().releases().onOffer())
        .extracting(KeptRelease::sequence)
        .containsExactly(9L, 5L, 3L);
  }

  @Test
  void a_list_goes_on_where_the_page_before_ended() {
    for (long sequence = 1; sequence <= 5; sequence++) {
      ports().releases().add(release(sequence, null));
    }

    Page<KeptRelease> first = ports().releases().list(new PageRequest(3, null));
    Page<KeptRelease> second = ports().releases().list(new PageRequest(3, first.next()));

    assertThat(first.items()).extracting(KeptRelease::sequence).containsExactly(5L, 4L, 3L);
    assertThat(second.items()).extracting(KeptRelease::sequence).containsExactly(2L, 1L);
    assertThat(second.next()).isNull();
  }

  @Test
  void an_artifact_is_read_piece_by_piece_and_abandoned_ones_go() {
    UUID kept = UUID.randomUUID();
    UUID abandoned = UUID.randomUUID();
    UUID young = UUID.randomUUID();
    for (UUID upload : new UUID[] {kept, abandoned}) {
      ports().artifacts().add(upload, 0, new byte[] {1}, NOW);
      ports().artifacts().add(upload, 1, new byte[] {2}, NOW);
    }
    ports().artifacts().add(young, 0, new byte[] {3}, NOW.plus(Duration.ofDays(2)));
    ports().releases().add(release(7, null));
    ports().releases().replace(release(7, null).with(kept));

    assertThat(ports().artifacts().removeAbandoned(NOW.plusSeconds(1))).isEqualTo(2);

    assertThat(ports().artifacts().find(kept, 1)).hasValue(new byte[] {2});
    assertThat(ports().artifacts().find(kept, 2)).isEmpty();
    assertThat(ports().artifacts().find(abandoned, 0)).isEmpty();
    assertThat(ports().artifacts().find(young, 0)).isPresent();
    ports().artifacts().remove(young);
    assertThat(ports().artifacts().find(young, 0)).isEmpty();
  }

  @Test
  void what_an_agent_says_is_noted_once_and_only_of_what_it_was_offered() {
    TenantId tenant = TenantId.SYSTEM;
    AgentId agent = agentOf(tenant);
    AgentUpdateLog log = ports().log();

    assertThat(log.reported(tenant, agent, 7, UpdateOutcome.APPLIED, "", NOW)).isFalse();
    log.offered(tenant, agent, 7, NOW);
    log.offered(tenant, agent, 7, NOW.plusSeconds(1));
    assertThat(log.of(tenant, agent)).containsExactly(new UpdateRecord(7, null, "", null));
    assertThat(log.reported(tenant, agent, 7, UpdateOutcome.REVERTED, "crashed", NOW)).isTrue();
    assertThat(log.reported(tenant, agent, 7, UpdateOutcome.REVERTED, "crashed", NOW)).isFalse();
    assertThat(log.reported(tenant, agent, 7, UpdateOutcome.APPLIED, "", NOW)).isTrue();

    assertThat(log.of(tenant, agent))
        .containsExactly(new UpdateRecord(7, UpdateOutcome.APPLIED, "", NOW));
  }

  @Test
  void a_tally_counts_what_agents_said_last() {
    ports().releases().add(release(7, null));
    UpdateOutcome[] said = {UpdateOutcome.APPLIED, UpdateOutcome.REVERTED, UpdateOutcome.REVERTED};
    for (UpdateOutcome outcome : said) {
      AgentId agent = agentOf(TenantId.SYSTEM);
      ports().log().offered(TenantId.SYSTEM, agent, 7, NOW);
      ports().log().reported(TenantId.SYSTEM, agent, 7, outcome, "", NOW);
    }
    ports().log().offered(TenantId.SYSTEM, agentOf(TenantId.SYSTEM), 7, NOW);

    assertThat(ports().releases().tally(7)).isEqualTo(new Tally(4, 1, 2, 0));
    assertThat(ports().releases().tally(8)).isEqualTo(new Tally(0, 0, 0, 0));
  }

  @Test
  void a_release_can_be_taken_by_agents_with_a_key_that_were_there_not_long_ago() {
    AgentId here = updatable("eu", NOW);
    AgentId nowhere = updatable(null, NOW);
    updatable(null, NOW.minusSeconds(60));
    agentOf(TenantId.SYSTEM);

    assertThat(ports().nudges().candidates(7, NOW.minusSeconds(60)))
        .containsExactlyInAnyOrder(
            new Candidate(TenantId.SYSTEM, here, "eu"),
            new Candidate(TenantId.SYSTEM, nowhere, null));
  }

  @Test
  void who_has_applied_a_release_or_a_later_one_cannot_take_it_and_who_refused_it_can() {
    AgentId older = said(6, UpdateOutcome.APPLIED);
    said(7, UpdateOutcome.APPLIED);
    said(8, UpdateOutcome.APPLIED);
    AgentId reverted = said(8, UpdateOutcome.REVERTED);
    AgentId rejected = said(7, UpdateOutcome.REJECTED);

    assertThat(ports().nudges().candidates(7, NOW.minusSeconds(1)))
        .extracting(Candidate::agent)
        .containsExactlyInAnyOrder(older, reverted, rejected);
  }

  private AgentId said(long sequence, UpdateOutcome outcome) {
    AgentId agent = updatable(null, NOW);
    ports().log().offered(TenantId.SYSTEM, agent, sequence, NOW);
    ports().log().reported(TenantId.SYSTEM, agent, sequence, outcome, "", NOW);
    return agent;
  }

  private static KeptRelease release(long sequence, String signature) {
    Release release = new Release(sequence, 1, "1.2." + sequence, 25, 10, "ab".repeat(32));
    return new KeptRelease(
        new NewRelease(release, signature), Rollout.NONE, NOW, null, NOW, "grace");
  }
}
