package dev.muster.application.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.Installation;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Action;
import dev.muster.domain.access.Principal;
import dev.muster.domain.access.RequestWindow.Slice;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.Agent;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.StorageUnavailable;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.out.access.GatheredAllowances;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

final class RequestLimitsTest extends UseCaseTest {
  private static final int LIMIT = Installation.REQUESTS_PER_MINUTE;

  @Test
  void over_three_replicas_no_minute_has_more_than_110_percent_also_when_one_begins_anew() {
    Agent agent = agent(1);
    List<GateService> replicas = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      replicas.add(in().anotherGate());
    }
    List<Instant> passed = new ArrayList<>();

    for (int tick = 0; tick < 1_800; tick++) {
      if (tick == 900) {
        replicas.set(1, in().anotherGate());
      }
      for (int i = 0; i < 6; i++) {
        if (replicas.get(i % 3).spend(calling(agent).principal()).isEmpty()) {
          passed.add(now());
        }
      }
      pass(Duration.ofMillis(100));
    }

    assertThat(mostInAMinute(passed)).isBetween(LIMIT * 95 / 100, LIMIT * 110 / 100);
    assertThat(passed.size()).isGreaterThan(3 * LIMIT * 90 / 100);
  }

  @Test
  void a_steady_caller_within_its_limit_is_never_refused() {
    Principal calling = calling(agent(1)).principal();

    for (int i = 0; i < 5 * 60 * 8; i++) {
      assertThat(in().gate().spend(calling)).isEmpty();
      pass(Duration.ofMillis(125));
    }
  }

  @Test
  void storage_is_asked_for_few_of_the_requests() {
    AtomicInteger asked = new AtomicInteger();
    RequestLimits limits =
        limits(wishes -> {
          asked.incrementAndGet();
          return ports().requestAllowances().take(wishes);
        });
    Principal busy = calling(agent(1)).principal();
    Principal quiet = calling(agent(1)).principal();

    for (int i = 0; i < 1_200; i++) {
      limits.spend(busy, LIMIT);
      pass(Duration.ofMillis(110));
    }
    assertThat(asked.getAndSet(0)).isLessThan(200);

    for (int i = 0; i < 60; i++) {
      limits.spend(quiet, LIMIT);
      pass(Duration.ofSeconds(10));
    }
    assertThat(asked.get()).isLessThan(20);
  }

  @Test
  void who_is_refused_is_told_how_many_a_minute_and_when_again() {
    Principal calling = calling(agent(1)).principal();
    Optional<Refusal> refusal = Optional.empty();
    for (int i = 0; i <= LIMIT * 110 / 100; i++) {
      refusal = in().gate().spend(calling);
    }

    assertThat(refusal)
        .hasValueSatisfying(because -> {
          assertThat(because.code()).isEqualTo(Code.RATE_LIMITED);
          assertThat(because.allowance()).isNotNull();
          assertThat(because.allowance().requestsPerMinute()).isEqualTo(LIMIT);
          assertThat(because.allowance().pause())
              .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(63));
        });
    pass(Duration.ofSeconds(63));
    assertThat(in().gate().spend(calling)).isEmpty();
  }

  @Test
  void an_agent_may_have_a_limit_of_its_own_which_counts_at_once() {
    Agent agent = agent(1);
    in().gate().spend(calling(agent).principal());
    limit(agent, 2);

    assertThat(passing(agent, 10)).isLessThanOrEqualTo(2);
    limit(agent, 5);
    assertThat(passing(agent, 10)).isBetween(1L, 5L);
    limit(agent, null);
    assertThat(passing(agent, 10)).isEqualTo(10);
  }

  @Test
  void a_caller_without_the_permission_is_counted_before_it_costs_an_entry() {
    Secret key = enrolled(ANY, 1).apiKey();
    AccessService access = in().access();
    int refusedForRate = 0;
    for (int i = 0; i < 2 * LIMIT; i++) {
      Outcome<Caller> outcome =
          access.admit(
              new Presented.Token(key), Action.TENANT_LIST, Audience.OPERATORS, ORIGIN, null);
      refusedForRate += isRateLimited(outcome) ? 1 : 0;
    }

    assertThat(refusedForRate).isGreaterThanOrEqualTo(2 * LIMIT - LIMIT * 110 / 100);
    assertThat(audited(Action.TENANT_LIST.wireName())).hasSizeLessThanOrEqualTo(LIMIT * 110 / 100);
  }

  @Test
  void looking_again_whether_somebody_may_go_on_is_no_request() {
    Secret key = enrolled(ANY, 1).apiKey();
    AccessService access = in().access();

    for (int i = 0; i < 2 * LIMIT; i++) {
      value(
          access.readmit(
              new Presented.Token(key), null, Action.JOB_CLAIM, Audience.AGENTS, ORIGIN, null));
    }
  }

  @Test
  void a_slice_that_comes_after_its_time_is_not_used() {
    RequestLimits limits =
        limits(wishes -> {
          var slices = ports().requestAllowances().take(wishes);
          pass(Duration.ofSeconds(61));
          return slices;
        });

    Assertions.assertThatThrownBy(() -> limits.spend(calling(agent(1)).principal(), LIMIT))
        .isInstanceOf(StorageUnavailable.class);
  }

  @Test
  void who_cannot_be_counted_with_the_others_is_counted_alone() {
    RequestLimits limits =
        limits(wishes -> wishes.stream().map(wish -> Optional.<Slice>empty()).toList());
    Principal calling = calling(agent(1)).principal();

    long passing =
        IntStream.range(0, 3 * LIMIT)
            .filter(request -> limits.spend(calling, LIMIT).isEmpty())
            .count();

    assertThat(passing).isBetween(LIMIT * 95L / 100, LIMIT * 110L / 100);
  }

  private RequestLimits limits(GatheredAllowances gathered) {
    return new RequestLimits(
        gathered,
        ports().requestAllowances(),
        () -> Duration.between(Installation.START, now()).toNanos());
  }

  private void limit(Agent agent, @org.jspecify.annotations.Nullable Integer requestsPerMinute) {
    value(in().safeguards().limit(operator(), agent.tenant(), agent.id(), requestsPerMinute));
    pass(Duration.ofSeconds(130));
  }

  private long passing(Agent agent, int requests) {
    long passing = 0;
    for (int i = 0; i < requests; i++) {
      passing += in().gate().spend(calling(agent).principal()).isEmpty() ? 1 : 0;
    }
    return passing;
  }

  private static boolean isRateLimited(Outcome<Caller> outcome) {
    return outcome instanceof Outcome.Refused<Caller> refused
        && refused.refusal().code() == Code.RATE_LIMITED;
  }

  private static int mostInAMinute(List<Instant> passed) {
    int most = 0;
    for (int from = 0, to = 0; to < passed.size(); to++) {
      while (passed.get(from).plusSeconds(60).isBefore(passed.get(to))) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    return most;
  }
}
