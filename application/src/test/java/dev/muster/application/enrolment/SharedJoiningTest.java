package dev.muster.application.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.Installation;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Action;
import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.KeptPlatformKey;
import dev.muster.domain.enrolment.SharedRegistration;
import dev.muster.domain.enrolment.SharedRegistration.Version1;
import dev.muster.domain.enrolment.SharedRegistration.Version2;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Access;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.in.enrolment.Declaration;
import dev.muster.ports.in.enrolment.SharedAgentPoolAdministration.Hints;
import dev.muster.ports.in.enrolment.SharedAgentPoolAdministration.PoolStanding;
import dev.muster.ports.in.enrolment.SharedEnrolment.SharedEnrolled;
import dev.muster.ports.out.enrolment.SharedAgentPools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Shared agents that register themselves with the platform key, and the key. */
final class SharedJoiningTest extends UseCaseTest {
  private static final UUID HERE = new UUID(1, 1);
  private static final UUID ELSEWHERE = new UUID(2, 2);
  private static final UUID REGISTRATION = new UUID(7, 7);
  private static final AgentName NAME = new AgentName("pod-1");
  private static final String BODY = PlatformKey.sha256(new byte[] {1});

  private final Issued<PoolStanding> pool =
      value(in().sharedAgentPool().create(operator(), new Hints(1, 5, 70)));
  private final PlatformKey key = key(pool);
  private final Access door = in().access();
  private final AtomicInteger nonces = new AtomicInteger();

  @Test
  void the_key_is_64_hex_digits_shown_once_kept_sealed_and_named_by_its_hash() {
    assertThat(pool.secret().reveal()).matches("[0-9a-f]{64}");
    assertThat(pool.record().keys()).extracting(KeptPlatformKey::keyId).containsExactly(key.id());
    assertThat(value(in().sharedAgentPool().find(operator()))).isEqualTo(pool.record());
    assertThat(audited("pool.create")).hasSize(1);
    assertThat(audited().toString()).doesNotContain(pool.secret().reveal());
    assertThat(
            new String(
                ports().sharedAgentPools().liveKeys(TenantId.SYSTEM, now()).getFirst().sealed(),
                java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(pool.secret().reveal());
    assertRefused(
        in().sharedAgentPool().create(operator(), new Hints(null, null, null)),
        Code.STATE_CONFLICT);
  }

  @Test
  void version_1_makes_a_platform_agent_whose_token_lives_four_hours() {
    SharedEnrolled enrolled = value(register(version1(key, 0)));

    assertThat(enrolled.agent().tenant()).isEqualTo(TenantId.SYSTEM);
    assertThat(enrolled.agent().name()).isEqualTo(NAME);
    assertThat(enrolled.token().reveal()).startsWith("mst_shared_");
    assertThat(enrolled.expiresAt()).isEqualTo(now().plus(Duration.ofHours(4)));
    assertThat(enrolled.updateKey()).isNotNull();
    assertThat(admitted(enrolled)).isInstanceOf(Outcome.Done.class);
    pass(Duration.ofHours(4));
    assertRefused(admitted(enrolled), Code.UNAUTHENTICATED);
  }

  @Test
  void version_2_takes_what_the_agent_says_of_itself_once_it_is_signed() {
    SharedEnrolled enrolled = value(register(version2(key, 0), HERE, null));

    assertThat(stored(enrolled.agent()).abilities().capabilities()).containsExactly("nuclei");
    assertThat(stored(enrolled.agent()).maxConcurrent()).isEqualTo(3);
  }

  @Test
  void what_is_said_in_a_body_is_not_looked_at_before_it_was_found_signed() {
    Version2 good = version2(key, 0);
    Version2 forged =
        new Version2(
            good.keyId(),
            good.host(),
            good.name(),
            good.timestamp(),
            good.nonceText(),
            PlatformKey.sha256(new byte[] {2}),
            good.signature());

    assertRefused(
        in().sharedEnrolment()
            .register(
                forged,
                HERE,
                () -> {
                  throw new AssertionError("looked at");
                },
                ORIGIN),
        Code.UNAUTHENTICATED);
  }

  @Test
  void every_line_that_is_signed_counts() {
    Version2 good = version2(key, 0);
    long time = good.timestamp();
    List<Version2> forged =
        List.of(
            with(good, "00000000", "server", NAME, time, good.nonceText()),
            with(good, key.id(), "other", NAME, time, good.nonceText()),
            with(good, key.id(), "server", new AgentName("pod-2"), time, good.nonceText()),
            with(good, key.id(), "server", NAME, time + 1, good.nonceText()),
            with(good, key.id(), "server", NAME, time, nonce()));

    for (Version2 each : forged) {
      pass(Duration.ofSeconds(20));
      assertRefused(register(each, HERE, null), Code.UNAUTHENTICATED);
    }
    value(register(good, HERE, null));
  }

  @Test
  void the_clocks_may_be_five_minutes_apart_and_no_more() {
    assertRefused(register(version1(key, -301)), Code.UNAUTHENTICATED);
    assertRefused(register(version1(key, 301)), Code.UNAUTHENTICATED);
    value(register(version1(key, -300)));
    value(register(version1(key, 300)));
    long never = Long.MAX_VALUE;
    assertRefused(
        register(new Version1(NAME, never, key.sign(Version1.text(NAME, never)))),
        Code.UNAUTHENTICATED);
  }

  @Test
  void what_was_signed_works_once() {
    Version1 first = version1(key, 0);
    Version2 second = version2(key, 0);

    value(register(first));
    assertRefused(register(first), Code.UNAUTHENTICATED);
    value(register(second, HERE, null));
    assertRefused(register(second, HERE, null), Code.UNAUTHENTICATED);
  }

  @Test
  void of_a_hundred_who_replay_one_registration_at_once_one_is_heard() throws Exception {
    Version2 signed = version2(key, 0);
    CountDownLatch gate = new CountDownLatch(1);
    List<Future<Outcome<SharedEnrolled>>> outcomes = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        outcomes.add(
            threads.submit(() -> {
              gate.await();
              return register(signed, HERE, null);
            }));
      }
      gate.countDown();
    }

    int heard = 0;
    for (Future<Outcome<SharedEnrolled>> outcome : outcomes) {
      heard += outcome.get() instanceof Outcome.Done<SharedEnrolled> ? 1 : 0;
    }
    assertThat(heard).isEqualTo(1);
    assertThat(audited("agent.registered")).hasSize(1);
  }

  @Test
  void an_agent_that_comes_back_is_the_same_and_its_token_before_ends_soon() {
    SharedEnrolled first = value(register(version2(key, 0), HERE, null));
    pass(Duration.ofHours(3));

    SharedEnrolled second = value(register(version2(key, 0), HERE, null));

    assertThat(second.agent().id()).isEqualTo(first.agent().id());
    assertThat(second.updateKey()).isNull();
    assertThat(admitted(second)).isInstanceOf(Outcome.Done.class);
    assertThat(admitted(first)).isInstanceOf(Outcome.Done.class);
    pass(SharedJoining.OVERLAP);
    assertRefused(admitted(first), Code.UNAUTHENTICATED);
    assertThat(admitted(second)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void a_lost_update_key_comes_again_for_ten_minutes() {
    SharedEnrolled first = value(register(version2(key, 0), HERE, REGISTRATION));
    pass(Duration.ofMinutes(10));

    SharedEnrolled again = value(register(version2(key, 0), HERE, REGISTRATION));

    assertThat(again.updateKey()).isNotNull().isNotEqualTo(first.updateKey());
    pass(Duration.ofNanos(1000));
    assertThat(value(register(version2(key, 0), HERE, REGISTRATION)).updateKey()).isNull();
  }

  @Test
  void another_installation_of_the_name_is_refused_while_the_first_is_alive() {
    SharedEnrolled first = value(register(version2(key, 0), HERE, null));
    online(first.agent());

    assertRefused(register(version2(key, 0), ELSEWHERE, null), Code.AGENT_NAME_IN_USE);

    pass(Installation.LEASE);
    SharedEnrolled second = value(register(version2(key, 0), ELSEWHERE, null));
    assertThat(second.agent().id()).isEqualTo(first.agent().id());
    assertRefused(admitted(first), Code.UNAUTHENTICATED);
    assertThat(audited("agent.taken_over")).hasSize(1);
  }

  @Test
  void an_agent_that_joined_otherwise_is_not_spoken_for() {
    Agent enrolled = enrolled(ANY, 1).agent();
    long time = now().getEpochSecond();
    Version1 signed =
        new Version1(enrolled.name(), time, key.sign(Version1.text(enrolled.name(), time)));

    assertRefused(register(signed), Code.AGENT_NAME_IN_USE);
  }

  @Test
  void a_disabled_agent_gets_no_fresh_token() {
    SharedEnrolled first = value(register(version2(key, 0), HERE, null));
    value(in().agents().disable(operator(), TenantId.SYSTEM, first.agent().id()));

    assertRefused(register(version2(key, 0), HERE, null), Code.AGENT_DISABLED);
  }

  @Test
  void two_keys_are_live_during_a_rotation_and_tokens_end_with_the_old_one() {
    SharedEnrolled under = value(register(version2(key, 0), HERE, null));
    PlatformKey fresh = key(value(in().sharedAgentPool().rotate(operator(), Duration.ofHours(1))));

    value(register(version2(fresh, 0), HERE, null));
    value(register(version2(key, 0), HERE, null));
    pass(Duration.ofHours(1));

    assertRefused(register(version2(key, 0), HERE, null), Code.UNAUTHENTICATED);
    assertRefused(admitted(under), Code.UNAUTHENTICATED);
    value(register(version2(fresh, 0), HERE, null));
    assertThat(value(in().sharedAgentPool().find(operator())).keys()).hasSize(1);
    assertThat(audited("pool.rotate_key")).hasSize(1);
  }

  @Test
  void a_rotation_without_grace_puts_everybody_out_who_came_with_the_key() {
    SharedEnrolled under = value(register(version2(key, 0), HERE, null));
    assertThat(admitted(under)).isInstanceOf(Outcome.Done.class);

    value(in().sharedAgentPool().rotate(operator(), Duration.ZERO));

    assertRefused(admitted(under), Code.UNAUTHENTICATED);
    assertRefused(register(version2(key, 0), HERE, null), Code.UNAUTHENTICATED);
  }

  @Test
  void a_token_that_is_given_during_a_rotation_ends_with_its_key() {
    value(in().sharedAgentPool().rotate(operator(), Duration.ofHours(1)));

    SharedEnrolled late = value(register(version2(key, 0), HERE, null));

    assertThat(late.expiresAt()).isEqualTo(now().plus(Duration.ofHours(1)));
    pass(Duration.ofHours(1));
    assertRefused(admitted(late), Code.UNAUTHENTICATED);
  }

  @Test
  void a_rotation_between_the_signature_and_the_token_is_noticed() {
    SharedAgentPools rotated =
        new RotatedPools(
            ports().sharedAgentPools(),
            () -> value(in().sharedAgentPool().rotate(operator(), Duration.ZERO)));

    assertRefused(
        in().sharedEnrolment(rotated).register(version2(key, 0), HERE, null, ORIGIN),
        Code.UNAUTHENTICATED);
    assertThat(audited("agent.registered")).isEmpty();
  }

  @Test
  void who_does_not_say_which_installation_it_is_takes_no_name_that_is_alive() {
    SharedEnrolled first = value(register(version2(key, 0), HERE, null));
    online(first.agent());

    assertRefused(register(version1(key, 0)), Code.AGENT_NAME_IN_USE);

    pass(Installation.LEASE);
    value(register(version1(key, 0)));
    assertThat(audited("agent.taken_over")).hasSize(1);
    assertRefused(admitted(first), Code.UNAUTHENTICATED);
  }

  @Test
  void of_three_keys_the_oldest_goes_at_once() {
    in().sharedAgentPool().rotate(operator(), Duration.ofHours(24));
    PoolStanding standing =
        value(in().sharedAgentPool().rotate(operator(), Duration.ofHours(24))).record();

    assertThat(standing.keys()).hasSize(2);
    assertRefused(register(version2(key, 0), HERE, null), Code.UNAUTHENTICATED);
  }

  @Test
  void without_a_pool_nobody_registers() {
    Installation empty = new Installation();

    assertRefused(
        empty.sharedEnrolment().register(version1(key, 0), null, null, ORIGIN),
        Code.UNAUTHENTICATED);
    assertRefused(empty.sharedAgentPool().find(operator()), Code.NOT_FOUND);
    assertRefused(empty.sharedAgentPool().rotate(operator(), Duration.ZERO), Code.NOT_FOUND);
  }

  @Test
  void wrong_signatures_are_limited_and_right_ones_are_not() {
    PlatformKey wrong = PlatformKey.parse(Secret.of("0".repeat(64))).orElseThrow();
    for (int i = 0; i < 5; i++) {
      assertRefused(register(version2(wrong, 0), HERE, null), Code.UNAUTHENTICATED);
    }

    assertRefused(register(version2(wrong, 0), HERE, null), Code.RATE_LIMITED);
    value(register(version2(key, 0), HERE, null));
  }

  private static PlatformKey key(Issued<PoolStanding> issued) {
    return PlatformKey.parse(issued.secret()).orElseThrow();
  }

  private Version1 version1(PlatformKey by, int second) {
    long time = now().getEpochSecond() + second;
    return new Version1(NAME, time, by.sign(Version1.text(NAME, time)));
  }

  private Version2 version2(PlatformKey by, int second) {
    long time = now().getEpochSecond() + second;
    String nonce = nonce();
    Secret signature = by.sign(Version2.text(by.id(), "server", NAME, time, nonce, BODY));
    return new Version2(by.id(), "server", NAME, time, nonce, BODY, signature);
  }

  private static Version2 with(
      Version2 good, String keyId, String host, AgentName name, long time, String nonce) {
    return new Version2(keyId, host, name, time, nonce, BODY, good.signature());
  }

  private String nonce() {
    return "nonce-%016d".formatted(nonces.incrementAndGet());
  }

  private Outcome<SharedEnrolled> register(SharedRegistration signed) {
    return in().sharedEnrolment().register(signed, null, null, ORIGIN);
  }

  private Outcome<SharedEnrolled> register(
      SharedRegistration signed, UUID instance, @Nullable UUID registration) {
    Abilities abilities = Abilities.of(Set.of("nuclei"), Set.of(), null);
    return in().sharedEnrolment()
        .register(
            signed, instance, () -> new Declaration(abilities, 3, "1.0", registration), ORIGIN);
  }

  private Outcome<Caller> admitted(SharedEnrolled enrolled) {
    return door.admit(
        new Presented.Token(enrolled.token()), Action.JOB_CLAIM, Audience.AGENTS, ORIGIN, null);
  }
}
