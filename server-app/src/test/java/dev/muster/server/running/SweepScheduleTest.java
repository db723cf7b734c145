package dev.muster.server.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ports.in.scheduling.Sweeps;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepScheduleTest {
  private final Thread.UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();

  @AfterEach
  void restore() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  @Test
  void an_error_in_a_sweep_is_told_to_whoever_ends_the_server() throws Exception {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    Thread.setDefaultUncaughtExceptionHandler((thread, cause) -> told.complete(cause));
    Error fatal = new OutOfMemoryError("imagined");

    try (SweepSchedule schedule = SweepSchedule.start(new Failing(fatal), Duration.ofHours(1))) {
      assertThat(told.get(20, TimeUnit.SECONDS)).isSameAs(fatal);
    }
  }

  @Test
  void an_exception_in_a_sweep_is_its_own_and_the_next_turn_comes() throws Exception {
    Failing failing = new Failing(new IllegalStateException("broken"));

    try (SweepSchedule schedule = SweepSchedule.start(failing, Duration.ofHours(1))) {
      assertThat(failing.promotions.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Promoting fails, in the same way each time. */
  private static final class Failing implements Sweeps {
    final CountDownLatch promotions = new CountDownLatch(2);
    private final Throwable failure;

    Failing(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public int promoteDueJobs() {
      promotions.countDown();
      if (failure instanceof Error fatal) {
        throw fatal;
      }
      throw (RuntimeException) failure;
    }

    @Override
    public int recoverLeases() {
      return 0;
    }

    @Override
    public int expireJobs() {
      return 0;
    }

    @Override
    public int noteOfflineAgents() {
      return 0;
    }

    @Override
    public int forgetOldRecords() {
      return 0;
    }

    @Override
    public int countQueue() {
      return 0;
    }

    @Override
    public int resealValues() {
      return 0;
    }

    @Override
    public int preparePartitions() {
      return 0;
    }
  }
}
