package dev.muster.domain.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

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
    SimulatedPool pool = new SimulatedPool(5);
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

      // The urgent one is ahead by the slack, once and for all.
      run(pool, 350);
      pool.forgetStarts();
      // Whole rounds of all slots: within one, the tenants take turns in long stretches.
      run(pool, capacity * Math.ceilDiv(1_750, capacity));

      double part = pool.starts() / 7.0;
      assertThat(pool.starts(one) / part).as("at %d", capacity).isCloseTo(1, withinPercentage(3));
      assertThat(pool.starts(two) / part).as("at %d", capacity).isCloseTo(2, withinPercentage(3));
      assertThat(pool.starts(four) / part).as("at %d", capacity).isCloseTo(4, withinPercentage(3));
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

  @Test
  void nobody_below_cap_and_share_waits_for_longer_than_the_bound() {
    int longest = 0;
    for (int seed = 0; seed < 500; seed++) {
      longest = Math.max(longest, new ContendedHistory(seed).run(1_500));
    }
    // Where nobody ever has to wait, the bound says nothing.
    assertThat(longest).isGreaterThan(50);
  }

  /** All jobs take the same time, so that starts are all that differs. */
  private static void run(SimulatedPool pool, int grants) {
    pool.fill();
    int started = pool.starts();
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
