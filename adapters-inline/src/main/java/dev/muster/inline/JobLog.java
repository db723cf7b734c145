package dev.muster.inline;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.LogLine;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobReporting;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the lines of one attempt to where an agent's go, some at a time. Its sandbox bounds how
 * many there can be. Thread-safe; closed once.
 */
final class JobLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);
  private static final long BETWEEN_CARRIES_MILLIS = 500;
  private static final int LAST_TRIES = 5;

  private final Caller worker;
  private final Job job;
  private final JobReporting reporting;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock carrying = new ReentrantLock();
  private final CountDownLatch closed = new CountDownLatch(1);
  private List<LogLine> waiting = new ArrayList<>();
  private long last;
  private boolean carried;

  JobLog(Caller worker, Job job, JobReporting reporting, InstantSource clock) {
    this.worker = worker;
    this.job = job;
    this.reporting = reporting;
    this.clock = clock;
  }

  /** Takes what a script logs; each line of it is one. */
  void add(String text) {
    lock.lock();
    try {
      for (String line : text.split("\r\n|\n|\r", -1)) {
        addLine(Storable.text(line));
      }
      if (!carried) {
        carried = true;
        Thread.ofVirtual().name("inline-log").start(this::carryOn);
      }
    } finally {
      lock.unlock();
    }
  }

  private void addLine(String line) {
    int from = 0;
    do {
      int to = Math.min(line.length(), from + LogLine.MOST_CHARACTERS);
      // Half a character cannot be stored.
      if (to < line.length() && Character.isHighSurrogate(line.charAt(to - 1))) {
        to--;
      }
      waiting.add(
          new LogLine(++last, LogLine.Stream.STDOUT, clock.instant(), line.substring(from, to)));
      from = to;
    } while (from < line.length());
  }

  private void carryOn() {
    try {
      while (!closed.await(BETWEEN_CARRIES_MILLIS, TimeUnit.MILLISECONDS)) {
        boolean unused = carry();
      }
    } catch (InterruptedException stopped) {
      LOG.debug("carrying was interrupted");
    }
  }

  /** Whether nothing is left to carry. What storage does not take now waits for the next time. */
  private boolean carry() {
    carrying.lock();
    try {
      for (List<LogLine> lines = next(); !lines.isEmpty(); lines = next()) {
        Outcome<Integer> taken = reporting.log(worker, job.id(), job.attempt(), lines);
        drop(taken instanceof Outcome.Done<Integer> ? lines.size() : Integer.MAX_VALUE);
      }
      return true;
    } catch (RuntimeException away) {
      LOG.warn("event=inline_log_failed job={} cause={}", job.id(), away.toString());
      return false;
    } finally {
      carrying.unlock();
    }
  }

  private List<LogLine> next() {
    lock.lock();
    try {
      return List.copyOf(waiting.subList(0, Math.min(waiting.size(), LogLine.MOST_LINES)));
    } finally {
      lock.unlock();
    }
  }

  private void drop(int lines) {
    lock.lock();
    try {
      waiting = new ArrayList<>(waiting.subList(Math.min(lines, waiting.size()), waiting.size()));
    } finally {
      lock.unlock();
    }
  }

  /** Carries what is left, before the end of the attempt is reported. */
  @Override
  public void close() {
    closed.countDown();
    boolean all = carry();
    for (int i = 1; i < LAST_TRIES && !all; i++) {
      pause();
      all = carry();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_CARRIES_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
