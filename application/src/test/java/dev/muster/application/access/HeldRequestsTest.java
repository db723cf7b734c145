package dev.muster.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.access.RequestWindow;
import dev.muster.ports.StorageUnavailable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeldRequestsTest {
  private static final RequestWindow.Slice SLICE =
      new RequestWindow.Taken(10, Duration.ofMinutes(1), RequestWindow.empty());

  private final HeldRequests held = new HeldRequests(System::nanoTime, Duration.ofMillis(20));

  @Test
  void nobody_waits_for_ever_behind_one_whom_storage_does_not_answer() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first =
          pool.submit(() ->
              held.spend(
                  600,
                  wish -> {
                    asked.countDown();
                    awaited(answered);
                    return SLICE;
                  }));
      awaited(asked);

      assertThatThrownBy(() -> held.spend(600, wish -> SLICE))
          .isInstanceOf(StorageUnavailable.class);

      answered.countDown();
      first.get(20, TimeUnit.SECONDS);
      assertThat(held.spend(600, wish -> SLICE)).isEmpty();
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
