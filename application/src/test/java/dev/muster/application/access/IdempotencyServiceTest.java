package dev.muster.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.application.Specs;
import dev.muster.application.UseCaseTest;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.IdempotentRequests.Answer;
import dev.muster.ports.in.job.JobQueries.JobFilter;
import dev.muster.ports.in.job.JobSubmission.Submitted;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class IdempotencyServiceTest extends UseCaseTest {
  private static final byte[] BODY = {1};
  private static final byte[] OTHER_BODY = {2};

  private final Tenant tenant = tenant(PlanName.FREE);
  private final Caller caller = member(tenant);

  @Test
  void a_repeated_request_is_answered_as_the_first_was_and_does_nothing() {
    Answer first = once(caller, "key", BODY);
    Answer again = once(caller, "key", BODY);

    assertThat(first.replayed()).isFalse();
    assertThat(again)
        .isEqualTo(new Answer(201, first.location(), first.replayBody(), first.replayBody(), true));
    assertThat(jobs()).isEqualTo(1);
  }

  @Test
  void a_repetition_does_not_show_the_secret_again() {
    assertThat(once(caller, "key", BODY).body()).contains("secret");
    assertThat(once(caller, "key", BODY).body()).doesNotContain("secret");
  }

  @Test
  void another_body_under_the_same_key_is_refused() {
    once(caller, "key", BODY);

    assertRefused(
        in().idempotency().once(caller, "key", OTHER_BODY, this::submit),
        Code.IDEMPOTENCY_KEY_REUSED);
    assertThat(jobs()).isEqualTo(1);
  }

  @Test
  void keys_of_different_callers_have_nothing_to_do_with_one_another() {
    once(caller, "key", BODY);

    assertThat(once(member(tenant), "key", OTHER_BODY).replayed()).isFalse();
  }

  @Test
  void after_a_day_a_key_is_free_again() {
    once(caller, "key", BODY);

    pass(IdempotencyService.MEMORY);
    assertThat(once(caller, "key", BODY).replayed()).isTrue();
    pass(Duration.ofNanos(1));
    assertThat(once(caller, "key", OTHER_BODY).replayed()).isFalse();
  }

  @Test
  void of_many_at_the_same_time_one_does_the_work() throws Exception {
    int many = 20;
    CountDownLatch gate = new CountDownLatch(1);
    List<Future<Answer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < many; i++) {
        answers.add(
            threads.submit(() -> {
              gate.await();
              return once(caller, "key", BODY);
            }));
      }
      gate.countDown();
    }

    int replayed = 0;
    for (Future<Answer> answer : answers) {
      replayed += answer.get().replayed() ? 1 : 0;
    }
    assertThat(replayed).isEqualTo(many - 1);
    assertThat(jobs()).isEqualTo(1);
  }

  @Test
  void an_answer_that_is_an_error_is_not_recorded_and_undoes_what_was_done() {
    Outcome<Answer> outcome =
        in().idempotency()
            .once(
                caller,
                "key",
                BODY,
                () -> {
                  submit();
                  return new Answer(400, null, "no", "no", false);
                });

    assertThat(value(outcome).status()).isEqualTo(400);
    assertThat(jobs()).isZero();
    assertThat(once(caller, "key", OTHER_BODY).replayed()).isFalse();
  }

  @Test
  void a_request_that_is_refused_is_not_recorded() {
    suspend(tenant);
    Answer refused = value(in().idempotency().once(caller, "key", BODY, this::submit));
    assertThat(refused.status()).isEqualTo(403);
    value(in().tenants().resume(operator(), tenant.slug()));

    Answer done = once(caller, "key", BODY);

    assertThat(done.status()).isEqualTo(201);
    assertThat(done.replayed()).isFalse();
  }

  @Test
  void work_that_throws_leaves_the_key_free() {
    assertThatThrownBy(() ->
            in().idempotency()
                .once(
                    caller,
                    "key",
                    BODY,
                    () -> {
                      submit();
                      throw new IllegalStateException("a fault");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(jobs()).isZero();
    assertThat(once(caller, "key", OTHER_BODY).replayed()).isFalse();
  }

  private Answer once(Caller who, String key, byte[] body) {
    return value(in().idempotency().once(who, key, body, this::submit));
  }

  private Answer submit() {
    return switch (in().submission().submit(caller, Specs.plain())) {
      case Outcome.Done<Submitted> done ->
          new Answer(
              201, "/jobs/" + done.value().standing().job().id(), "with secret", "without", false);
      case Outcome.Refused<Submitted> refused -> new Answer(403, null, "no", "no", false);
    };
  }

  private int jobs() {
    return in().queries().list(caller, JobFilter.ALL, PageRequest.first()).items().size();
  }
}
