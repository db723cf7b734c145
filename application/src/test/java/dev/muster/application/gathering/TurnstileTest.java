package dev.muster.application.gathering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.ports.StorageUnavailable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnstileTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void a_crowd_goes_through_a_few_at_a_time() throws Exception {
    Turnstile turnstile = new Turnstile(3, LONG);
    AtomicInteger within = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 500)
              .mapToObj(i -> threads.submit(() -> turnstile.through(() -> pass(within, most, i))))
              .toList();
      for (int i = 0; i < all.size(); i++) {
        assertThat(all.get(i).get()).isEqualTo(i);
      }
    }

    assertThat(most.get()).isBetween(1, 3);
  }

  private static int pass(AtomicInteger within, AtomicInteger most, int answer) {
    most.accumulateAndGet(within.incrementAndGet(), Math::max);
    Thread.yield();
    within.decrementAndGet();
    return answer;
  }

  @Test
  void whose_turn_does_not_come_in_time_is_told_that_storage_is_away() throws Exception {
    Turnstile turnstile = new Turnstile(1, Duration.ofMillis(20));
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> first =
          threads.submit(() ->
              turnstile.through(() -> {
                inside.countDown();
                return awaited(leave);
              }));
      inside.await();

      assertThatThrownBy(() -> turnstile.through(() -> true))
          .isInstanceOf(StorageUnavailable.class);

      AtomicInteger done = new AtomicInteger();
      turnstile.ifFree(done::incrementAndGet);
      assertThat(done.get()).isZero();

      leave.countDown();
      assertThat(first.get()).isTrue();
      turnstile.ifFree(done::incrementAndGet);
      assertThat(done.get()).isOne();
    }
  }

  @Test
  void work_that_fails_makes_room_for_the_next() {
    Turnstile turnstile = new Turnstile(1, LONG);

    assertThatThrownBy(() ->
            turnstile.through(() -> {
              throw new IllegalStateException("broken");
            }))
        .hasMessage("broken");

    assertThat(turnstile.<String>through(() -> "next")).isEqualTo("next");
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
