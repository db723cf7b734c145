package dev.muster.agent.loop;

import dev.muster.agent.connector.JobReports;
import dev.muster.agent.connector.LogStream;
import dev.muster.agent.spool.LogSpill;
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
 * oldest lines go to disk, and where that takes none the gap in the numbers shows it; a tool is
 * never held up by a slow server.
 */
final class LogBuffer implements JobReports {
  private static final int MOST_CHARACTERS = 4 * 1024 * 1024;
  private static final int BATCH_LINES = 1_000;
  private static final int BATCH_CHARACTERS = 512 * 1024;

  /** What a line costs beside its text, so that empty ones are bounded too. */
  private static final int LINE_COST = 64;

  private final InstantSource clock;
  private final LogSpill spill;
  private final Deque<LogLine> lines = new ArrayDeque<>();
  private int characters;
  private long lastSeq;
  private long dropped;
  private @Nullable Progress progress;
  private boolean closed;

  /** What was read from the spill last, and is not taken yet. */
  private LogSpill.@Nullable Batch spilled;

  /**
   * Holds the newest lines.
   *
   * @param spill takes the oldest where they are too many
   */
  LogBuffer(InstantSource clock, LogSpill spill) {
    this.clock = clock;
    this.spill = spill;
  }

  @Override
  public synchronized void logLine(LogStream stream, String text) {
    LogLine line = new LogLine(++lastSeq, stream(stream), clock.instant(), text);
    lines.addLast(line);
    characters += cost(line);
    if (characters > MOST_CHARACTERS) {
      spillDownTo(MOST_CHARACTERS / 2);
    }
    notifyAll();
  }

  /** Many at once, so that the disk is not asked for each line. */
  private void spillDownTo(int most) {
    List<LogLine> oldest = new ArrayList<>();
    while (characters > most) {
      LogLine line = lines.removeFirst();
      characters -= cost(line);
      oldest.add(line);
    }
    if (!oldest.isEmpty() && !spill.append(oldest)) {
      dropped += oldest.size();
    }
  }

  /** Puts what nobody has taken where the next run of the agent finds it. */
  synchronized void keep() {
    spillDownTo(0);
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
    while (!closed && isEmpty() && progress == null) {
      wait();
    }
    return !isEmpty() || (progress != null && !closed);
  }

  private boolean isEmpty() {
    return lines.isEmpty() && spill.isEmpty();
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
    while (!spill.isEmpty()) {
      LogSpill.Batch next = spill.next(BATCH_LINES, BATCH_CHARACTERS);
      if (!next.lines().isEmpty()) {
        spilled = next;
        return next.lines();
      }
      spill.taken(next);
    }
    spilled = null;
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
    LogSpill.Batch batch = spilled;
    if (batch != null) {
      spill.taken(batch);
      spilled = null;
      return;
    }
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
