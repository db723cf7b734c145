package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.muster.domain.job.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shares come to when production decides over thousands of grants. */
class FairnessTest {
  @ParameterizedTest
  @CsvSource({"10,1000,0.99", "100,10000,0.98"})
  void who_is_always_critical_gets_no_more_than_who_is_always_low(
      int tenants, int grants, double index) {
    SimulatedPool pool = new SimulatedPool(20);
    List<SimulatedQueue.Tenant> equals = new ArrayList<>();
    for (int number = 0; number < tenants; number++) {
      equals.add(pool.join(1, number % 2 == 0 ? Priority.CRITICAL : Priority.LOW));
    }

    run(pool, grants);

    assertThat(jain(equals.stream().mapToInt(pool::starts).toArray())).isGreaterThan(index);
  }

  @Test
  void weights_are_kept_at_any_capacity() {
    for (int capacity = 1; capacity <= 100; capacity++) {
      SimulatedPool pool = new SimulatedPool(capacity);
      SimulatedQueue.Tenant one = pool.join(1, Priority.CRITICAL);
      SimulatedQueue.Tenant two = pool.join(2, Priority.LOW);
      SimulatedQueue.Tenant four = pool.join(4, Priority.NORMAL);

      run(pool, 3_500);

      double all = pool.starts(one) + pool.starts(two) + pool.starts(four);
      assertThat(pool.starts(one) / all * 7).as("at %d", capacity).isCloseTo(1, within(0.03));
      assertThat(pool.starts(two) / all * 7).as("at %d", capacity).isCloseTo(2, within(0.06));
      assertThat(pool.starts(four) / all * 7).as("at %d", capacity).isCloseTo(4, within(0.12));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 10, 40})
  void jobs_of_a_second_keep_their_half_of_the_slots_from_jobs_of_an_hour(int capacity) {
    SimulatedPool pool = new SimulatedPool(capacity);
    SimulatedQueue.Tenant hours = pool.join(1, Priority.CRITICAL);
    SimulatedQueue.Tenant seconds = pool.join(1, Priority.LOW);
    pool.fill();

    // Within the hour only the short ones end.
    for (int second = 0; second < 3_600; second++) {
      List.copyOf(pool.running).stream()
          .filter(job -> job.tenant().equals(seconds.id))
          .forEach(pool::complete);
      pool.fill();
      assertThat(seconds.running.size()).isGreaterThanOrEqualTo(capacity / 2);
    }
    assertThat(hours.running.size()).isLessThanOrEqualTo((capacity + 1) / 2);
  }

  /** All jobs take the same time, so that starts are all that differs. */
  private static void run(SimulatedPool pool, int grants) {
    pool.fill();
    int started = pool.running.size();
    while (started < grants) {
      pool.complete(pool.running.getFirst());
      pool.start();
      started++;
    }
  }

  /** 1 where all are equal, 1/n where one has it all (Jain, Chiu and Hawe, 1984). */
  private static double jain(int[] starts) {
    double sum = IntStream.of(starts).sum();
    double squares = IntStream.of(starts).mapToDouble(each -> (double) each * each).sum();
    return sum * sum / (starts.length * squares);
  }
}
