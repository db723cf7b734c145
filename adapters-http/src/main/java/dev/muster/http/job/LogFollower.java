package dev.muster.http.job;

import dev.muster.http.route.Watch;
import dev.muster.ports.in.job.JobQueries.LogPage;
import dev.muster.wire.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Sends the lines of a log while they come, until the job has ended and nothing is left to say, or
 * the stream is old: then it ends without the event that says so, and who wants more comes again
 * with {@code after}.
 */
final class LogFollower {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Source source;
  private final Watch watch;
  private final Duration longest;

  /** Where the lines of one job come from. */
  interface Source {
    /** Those after that place; none where nothing is there yet. */
    LogPage after(long place);

    /** Whether the job has ended, or is not to be seen any more. */
    boolean hasEnded();
  }

  /**
   * Follows one job.
   *
   * @param longest how long the stream goes on
   */
  LogFollower(Source source, Watch watch, Duration longest) {
    this.source = source;
    this.watch = watch;
    this.longest = longest;
  }

  /**
   * Writes from {@code first} on.
   *
   * @throws IOException when the reader has gone
   */
  void follow(LogPage first, OutputStream out) throws IOException {
    long deadline = System.nanoTime() + longest.toNanos();
    var page = first;
    do {
      // Asked before the lines: what a job says before its end is then surely among them.
      boolean ended = source.hasEnded();
      page = send(page, out);
      if (ended) {
        write(out, "event: end\ndata: {}\n\n");
        return;
      }
    } while (System.nanoTime() - deadline < 0 && watch.pause(PAUSE));
  }

  /** Sends all that there is now; the answer is the page to go on from, which is empty. */
  private LogPage send(LogPage from, OutputStream out) throws IOException {
    var page = from;
    do {
      for (var line : page.lines()) {
        var json = Json.write(JobLogs.json(line));
        write(out, "id: " + line.position() + "\ndata: " + json + "\n\n");
      }
      page = source.after(page.next());
    } while (!page.lines().isEmpty());
    // A comment keeps the connection from looking dead, and finds out when it is.
    write(out, ":\n\n");
    return page;
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
