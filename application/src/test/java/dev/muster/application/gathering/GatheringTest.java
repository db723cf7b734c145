package dev.muster.application.gathering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.ports.StorageUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());

  private List<Integer> doubled(List<Integer> items) {
    batches.add(items);
    if (items.contains(13)) {
      throw new IllegalStateException("unlucky");
    }
    return items.stream().map(item -> 2 * item).toList();
  }

  @Test
  void who_comes_alone_is_served_at_once_and_alone() {
    Gathering<Integer, Integer> gathering = new Gathering<>(this::doubled, 10, 1);

    assertThat(gathering.of(4)).isEqualTo(8);
    assertThat(gathering.of(5)).isEqualTo(10);

    assertThat(batches).containsExactly(List.of(4), List.of(5));
  }

  @Test
  void who_comes_meanwhile_is_done_together_and_everyone_gets_the_own_answer() throws Exception {
    Held held = new Held();
    Gathering<Integer, Integer> gathering = new Gathering<>(held::work, 100, 1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> first = threads.submit(() -> gathering.of(1));
      held.begun.await();
      List<Future<Integer>> others =
          IntStream.range(100, 130).mapToObj(i -> threads.submit(() -> gathering.of(i))).toList();
      AwaitWaiting.in(gathering, 30);
      held.goOn.countDown();

      assertThat(first.get()).isEqualTo(2);
      for (int i = 0; i < others.size(); i++) {
        assertThat(others.get(i).get()).isEqualTo(2 * (100 + i));
      }
    }
    assertThat(batches).hasSize(2);
    assertThat(batches.get(1)).hasSize(30);
  }

  @Test
  void no_batch_is_larger_than_allowed() throws Exception {
    Held held = new Held();
    Gathering<Integer, Integer> gathering = new Gathering<>(held::work, 4, 1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(() -> gathering.of(1));
      held.begun.await();
      IntStream.range(20, 30).forEach(i -> threads.submit(() -> gathering.of(i)));
      AwaitWaiting.in(gathering, 10);
      held.goOn.countDown();
    }

    assertThat(batches.stream().map(List::size)).containsExactly(1, 4, 4, 2);
  }

  @Test
  void a_bad_one_fails_alone() throws Exception {
    Held held = new Held();
    Gathering<Integer, Integer> gathering = new Gathering<>(held::work, 100, 1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(() -> gathering.of(1));
      held.begun.await();
      Future<Integer> good = threads.submit(() -> gathering.of(12));
      Future<Integer> bad = threads.submit(() -> gathering.of(13));
      AwaitWaiting.in(gathering, 2);
      held.goOn.countDown();

      assertThat(good.get()).isEqualTo(24);
      assertThatThrownBy(bad::get).hasRootCauseMessage("unlucky");
    }
    assertThat(gathering.of(3)).as("it goes on").isEqualTo(6);
  }

  @Test
  void where_storage_is_away_nobody_is_tried_again() {
    Gathering<Integer, Integer> gathering =
        new Gathering<>(
            items -> {
              batches.add(items);
              throw new StorageUnavailable("away", new IllegalStateException());
            },
            10,
            1);

    assertThatThrownBy(() -> gathering.of(1)).isInstanceOf(StorageUnavailable.class);

    assertThat(batches).hasSize(1);
  }

  @Test
  void who_does_not_come_to_its_turn_in_time_leaves_the_line_and_nothing_is_done_for_it()
      throws Exception {
    Held held = new Held();
    Gathering<Integer, Integer> gathering =
        new Gathering<>(held::work, 100, 1, Duration.ofMillis(20));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> first = threads.submit(() -> gathering.of(1));
      held.begun.await();

      assertThatThrownBy(() -> gathering.of(2))
          .isInstanceOf(StorageUnavailable.class)
          .hasMessageContaining("too many came at once");
      assertThat(gathering.inLine()).isZero();
      held.goOn.countDown();
      assertThat(first.get()).isEqualTo(2);
    }

    assertThat(gathering.of(3)).isEqualTo(6);
    assertThat(batches).containsExactly(List.of(1), List.of(3));
  }

  /** Holds the first batch until it is told to go on. */
  private final class Held {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    List<Integer> work(List<Integer> items) {
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
      return doubled(items);
    }
  }

  @Test
  void after_any_number_of_batches_as_many_are_worked_on_at_once_as_before() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    Gathering<Integer, Integer> gathering =
        new Gathering<>(
            batch -> {
              if (batch.contains(-1)) {
                awaitAll(both);
              }
              return batch;
            },
            1,
            2);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> many =
          IntStream.range(0, 50_000)
              .mapToObj(item -> threads.submit(() -> gathering.of(item)))
              .toList();
      for (int item = 0; item < many.size(); item++) {
        assertThat(many.get(item).get()).isEqualTo(item);
      }

      Future<Integer> one = threads.submit(() -> gathering.of(-1));
      Future<Integer> other = threads.submit(() -> gathering.of(-1));
      assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
      assertThat(other.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
    }
  }

  private static void awaitAll(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
