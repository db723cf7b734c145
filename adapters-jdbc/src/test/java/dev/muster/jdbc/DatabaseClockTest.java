package dev.muster.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.muster.ports.StorageUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
  /** Far from whatever the wall clock of this machine says. */
  private static final Instant ELSEWHEN = Instant.parse("2091-03-04T05:06:07.123456Z");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final AtomicReference<Supplier<Instant>> database = new AtomicReference<>(() -> ELSEWHEN);

  @Test
  void the_databases_time_counts_and_not_the_machines() {
    assertThat(clock().instant()).isEqualTo(ELSEWHEN);
  }

  @Test
  void between_synchronisations_it_goes_on_by_the_monotonic_clock() {
    DatabaseClock clock = clock();

    nanos.addAndGet(Duration.ofMinutes(3).toNanos());

    assertThat(clock.instant()).isEqualTo(ELSEWHEN.plus(Duration.ofMinutes(3)));
  }

  @Test
  void it_tells_microseconds_as_the_database_keeps_them() {
    DatabaseClock clock = clock();

    nanos.addAndGet(1_999);

    assertThat(clock.instant()).isEqualTo(ELSEWHEN.plusNanos(1_000));
  }

  @Test
  void a_synchronisation_follows_the_database_and_says_by_how_much() {
    DatabaseClock clock = clock();
    nanos.addAndGet(Duration.ofSeconds(30).toNanos());
    Instant drifted = ELSEWHEN.plusSeconds(30).minusMillis(5);
    database.set(() -> drifted);

    assertThat(clock.synchronise()).isEqualTo(Duration.ofMillis(-5));

    assertThat(clock.instant()).isEqualTo(drifted);
  }

  @Test
  void the_quickest_answer_counts_and_is_taken_for_the_middle_of_its_round_trip() {
    AtomicLong asked = new AtomicLong();
    database.set(() -> {
      // The first and the third answer are stuck in the network.
      long roundTrip = asked.getAndIncrement() == 1 ? 2_000_000 : 900_000_000;
      nanos.addAndGet(roundTrip / 2);
      Instant at = ELSEWHEN.plusNanos(nanos.get() - (Long.MAX_VALUE - 1_000));
      nanos.addAndGet(asked.get() == 2 ? roundTrip / 2 : 0);
      return at;
    });

    DatabaseClock clock = clock();

    assertThat(clock.instant())
        .isEqualTo(ELSEWHEN.plusNanos(nanos.get() - (Long.MAX_VALUE - 1_000)));
  }

  @Test
  void it_goes_on_by_itself_while_the_database_is_away() {
    DatabaseClock clock = clock();
    database.set(() -> {
      throw new StorageUnavailable("away", new IllegalStateException());
    });

    assertThatThrownBy(clock::synchronise).isInstanceOf(StorageUnavailable.class);
    nanos.addAndGet(1_000_000);

    assertThat(clock.instant()).isEqualTo(ELSEWHEN.plusMillis(1));
  }

  @Test
  void the_clock_of_an_open_database_is_the_databases() {
    try (TestDatabase open = TestDatabase.open()) {
      Instant database =
          open.transactions()
              .forAllTenants(handle ->
                  handle
                      .createQuery("SELECT clock_timestamp() AS at")
                      .map((row, context) -> Columns.instant(row, "at"))
                      .one());

      assertThat(open.database().clock().instant())
          .isCloseTo(database, within(2, ChronoUnit.SECONDS));
    }
  }

  private DatabaseClock clock() {
    return new DatabaseClock(() -> database.get().get(), nanos::get);
  }
}
