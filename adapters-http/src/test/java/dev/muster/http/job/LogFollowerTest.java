package dev.muster.http.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.LogLine;
import dev.muster.http.route.Watch;
import dev.muster.ports.in.job.JobQueries.LogPage;
import dev.muster.ports.in.job.JobQueries.StoredLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogFollowerTest {
  private static final LogPage NOTHING = new LogPage(List.of(), 0);
  private static final Duration HOUR = Duration.ofHours(1);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int pauses;

  @Test
  void a_job_that_goes_on_is_followed_until_the_stream_is_old() throws IOException {
    new LogFollower(new Endless(), this::paused, Duration.ZERO).follow(NOTHING, out);

    assertThat(pauses).isZero();
    assertThat(text()).contains("id: 1\ndata: {").doesNotContain("event: end");
  }

  @Test
  void a_job_that_goes_on_is_followed_while_its_reader_may() throws IOException {
    Watch thrice = pause -> paused(pause) && pauses < 3;

    new LogFollower(new Endless(), thrice, HOUR).follow(NOTHING, out);

    assertThat(pauses).isEqualTo(3);
    assertThat(text()).contains("id: 3\n").doesNotContain("event: end");
  }

  private boolean paused(Duration pause) {
    pauses++;
    return true;
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Says one line between two looks, for ever. */
  private static final class Endless implements LogFollower.Source {
    private long looks;

    @Override
    public LogPage after(long place) {
      if (place >= looks) {
        return new LogPage(List.of(), place);
      }
      LogLine line = new LogLine(looks, LogLine.Stream.STDOUT, Instant.EPOCH, "line " + looks);
      return new LogPage(List.of(new StoredLine(looks, 1, line)), looks);
    }

    @Override
    public boolean hasEnded() {
      looks++;
      return false;
    }
  }
}
