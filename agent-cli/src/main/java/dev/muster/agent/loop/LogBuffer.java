package dev.muster.agent.loop;

import dev.muster.agent.connector.JobReports;
import dev.muster.agent.connector.LogStream;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Progress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job has said and the server has not yet taken. Thread-safe. Bounded: when it is full the
 * oldest lines go, and the gap in the numbers shows it; a tool is never held up by a slow server.
 */
final class LogBuffer implements JobReports {
  private static final int MOST_CHARACTERS = 4 * 1024 * 1024;
  private static final int BATCH_LINES = 1_000;
  private static final int BATCH_CHARACTERS = 512 * 1024;

  /** What a line costs beside its text, so that empty ones are bounded too. */
  private static final int LINE_COST = 64;

  private final InstantSource clock;
  private final Deque<LogLine> lines = new ArrayDeque<>();
  private int characters;
  private long lastSeq;
  private long dropped;
  private @Nullable Progress progress;
  private boolean closed;

  LogBuffer(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void logLine(LogStream stream, String text) {
    LogLine line = new LogLine(++lastSeq, stream(stream), clock.instant(), text);
    lines.addLast(line);
    characters += cost(line);
    while (characters > MOST_CHARACTERS) {
      characters -= cost(lines.removeFirst());
      dropped++;
    }
    notifyAll();
  }

  @Override
  public synchronized void progress(int percent, String message) {
    progress = new Progress(Math.clamp(percent, 0, 100), message);
    notifyAll();
  }

  /** No more will come. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Waits until there is something to send; false when there never will be. */
  synchronized boolean awaitMore() throws InterruptedException {
    while (!closed && lines.isEmpty() && progress == null) {
      wait();
    }
    return !lines.isEmpty() || (progress != null && !closed);
  }

  /** Lets more come in, unless the job has ended. */
  synchronized void linger(Duration time) throws InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toMillis(); !closed && left > 0; ) {
      wait(left);
      left = (until - System.nanoTime()) / 1_000_000;
    }
  }

  /** The oldest lines, as many as go into one call; they stay until {@link #taken}. */
  synchronized List<LogLine> batch() {
    List<LogLine> batch = new ArrayList<>();
    int size = 0;
    for (LogLine line : lines) {
      size += cost(line);
      if (batch.size() == BATCH_LINES || (!batch.isEmpty() && size > BATCH_CHARACTERS)) {
        break;
      }
      batch.add(line);
    }
    return batch;
  }

  /** Forgets what the server has taken, up to a number. */
  synchronized void taken(long upTo) {
    while (!lines.isEmpty() && lines.getFirst().seq() <= upTo) {
      characters -= cost(lines.removeFirst());
    }
  }

  /** The newest progress, once; null when there is none that is new. */
  synchronized @Nullable Progress takeProgress() {
    Progress newest = progress;
    progress = null;
    return newest;
  }

  synchronized long dropped() {
    return dropped;
  }

  private static int cost(LogLine line) {
    return line.text().length() + LINE_COST;
  }

  private static LogLine.Stream stream(LogStream stream) {
    return switch (stream) {
      case STDOUT -> LogLine.Stream.STDOUT;
      case STDERR -> LogLine.Stream.STDERR;
      case SYSTEM -> LogLine.Stream.SYSTEM;
    };
  }
}
