package dev.muster.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.access.RequestWindow.Full;
import dev.muster.domain.access.RequestWindow.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestWindowTest {
  private static final Instant START = Instant.parse("2026-03-29T00:59:30.123456Z");
  private static final int REPLICAS = 3;

  /** Takes and uses as greedily, and as late, as the rules let it. */
  private static final class Replicas {
    private final Random random;
    private final int limit;
    private final List<Long> used = new ArrayList<>();
    private final Held[] held = new Held[REPLICAS];
    private RequestWindow window = RequestWindow.empty();
    private long millis;

    private record Held(int left, long endsAt) {}

    Replicas(long seed, int limit) {
      this.random = new Random(seed);
      this.limit = limit;
      Arrays.fill(held, new Held(0, 0));
    }

    void step() {
      millis += pause();
      int who = random.nextInt(REPLICAS);
      if (random.nextInt(50) == 0) {
        held[who] = new Held(0, 0);
      }
      if (held[who].left() == 0 || held[who].endsAt() <= millis) {
        take(who);
      }
      use(who, random.nextInt(3) == 0 ? held[who].left() : 1);
    }

    /** Long ones too, so that slices are used at the very end of their terms. */
    private long pause() {
      return switch (random.nextInt(4)) {
        case 0 -> 0;
        case 1 -> random.nextInt(300);
        case 2 -> 1_999;
        default -> random.nextInt(20_000);
      };
    }

    private void take(int who) {
      long asked = millis;
      millis += random.nextInt(2) * random.nextInt(1_500);
      int wanted = 1 + random.nextInt(RequestWindow.largestWish(limit));
      if (window.take(START.plusMillis(millis), limit, wanted) instanceof Taken taken) {
        window = taken.after();
        held[who] = new Held(taken.requests(), asked + taken.term().toMillis());
      }
      millis += random.nextInt(2) * random.nextInt(1_500);
    }

    private void use(int who, int count) {
      for (int i = 0; i < count && held[who].left() > 0 && held[who].endsAt() > millis; i++) {
        held[who] = new Held(held[who].left() - 1, held[who].endsAt());
        used.add(millis);
      }
    }

    int mostInAMinute() {
      int most = 0;
      for (int from = 0, to = 0; to < used.size(); to++) {
        while (used.get(to) - used.get(from) > 60_000) {
          from++;
        }
        most = Math.max(most, to - from + 1);
      }
      return most;
    }
  }

  @Property(tries = 300)
  void no_minute_has_more_than_110_percent_whatever_replicas_do(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 900) int limit) {
    Replicas replicas = new Replicas(seed, limit);

    for (int i = 0; i < 3_000; i++) {
      replicas.step();
    }

    assertThat(replicas.mostInAMinute()).isLessThanOrEqualTo(limit + limit / 10);
  }

  @Property(tries = 200)
  void a_caller_that_takes_all_it_gets_has_its_limit_in_the_long_run(
      @ForAll @IntRange(min = 20, max = 5_000) int limit) {
    int minutes = 20;
    long got = 0;
    RequestWindow window = RequestWindow.empty();
    for (int tenth = 0; tenth < minutes * 600; tenth++) {
      Instant now = START.plusMillis(tenth * 100L);
      if (window.take(now, limit, Math.max(1, limit / 600 + 1)) instanceof Taken taken) {
        window = taken.after();
        got += taken.requests();
      }
    }

    assertThat(got).isBetween((long) limit * minutes * 95 / 100, (long) limit * minutes * 11 / 10);
  }

  @Test
  void the_first_two_slices_are_long_so_that_a_quiet_caller_is_counted_twice_in_two_minutes() {
    Taken first = taken(RequestWindow.empty(), START, 600);
    Taken second = taken(first.after(), START.plusSeconds(60), 600);
    Taken third = taken(second.after(), START.plusSeconds(120), 600);
    Taken fourth = taken(third.after(), START.plusSeconds(121), 600);

    assertThat(List.of(first, second, fourth))
        .allSatisfy(slice -> {
          assertThat(slice.term()).isEqualTo(RequestWindow.LONG);
          assertThat(slice.requests()).isEqualTo(30);
        });
    assertThat(third.term()).isEqualTo(RequestWindow.SHORT);
  }

  @Test
  void a_small_limit_has_no_long_slices_and_is_never_passed() {
    RequestWindow window = RequestWindow.empty();
    for (int i = 0; i < 5; i++) {
      window = taken(window, START, 5).after();
    }

    assertThat(window.take(START, 5, 1)).isEqualTo(new Full(Duration.ofSeconds(63)));
    assertThat(window.take(START.plusSeconds(62), 5, 1)).isInstanceOf(Full.class);
    assertThat(window.take(START.plusSeconds(63), 5, 1)).isInstanceOf(Taken.class);
  }

  @Test
  void a_clock_that_steps_back_gives_nothing_twice() {
    RequestWindow window = RequestWindow.empty();
    for (int i = 0; i < 5; i++) {
      window = taken(window, START, 5).after();
    }

    assertThat(window.take(START.minusSeconds(3_600), 5, 1)).isInstanceOf(Full.class);
  }

  @Test
  void what_was_stored_goes_on_as_it_was() {
    RequestWindow window =
        taken(taken(RequestWindow.empty(), START, 40).after(), START, 40).after();

    RequestWindow again =
        RequestWindow.stored(
            window.head(), window.counts(), window.lastLong(), window.longBefore());

    assertThat(again.take(START.plusSeconds(1), 40, 1))
        .usingRecursiveComparison()
        .isEqualTo(window.take(START.plusSeconds(1), 40, 1));
  }

  private static Taken taken(RequestWindow window, Instant now, int limit) {
    RequestWindow.@Nullable Slice slice = window.take(now, limit, 1);
    assertThat(slice).isInstanceOf(Taken.class);
    return (Taken) slice;
  }
}
