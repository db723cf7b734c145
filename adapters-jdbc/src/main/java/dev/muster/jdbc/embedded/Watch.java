package dev.muster.jdbc.embedded;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a PostgreSQL again that has ended by itself: there is no service manager that would, and
 * nobody is to be needed. It listens where it did, so that connections are found again.
 * Thread-safe.
 */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long BETWEEN_LOOKS_MILLIS = 500;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopping = lock.newCondition();
  private final Cluster cluster;
  private final int port;
  private boolean stopped;

  private Watch(Cluster cluster, int port) {
    this.cluster = cluster;
    this.port = port;
  }

  /**
   * Watches one that has just been started; where it cannot be seen that it runs, it cannot be seen
   * that it has ended either.
   */
  static Watch over(Cluster cluster, int port) throws IOException {
    Watch watch = new Watch(cluster, port);
    if (cluster.isRunning()) {
      Thread.ofPlatform().daemon().name("embedded-postgres").start(watch::run);
    } else {
      LOG.warn("event=database_not_watched");
    }
    return watch;
  }

  private void run() {
    lock.lock();
    try {
      while (!stopped) {
        look();
        var unused = stopping.await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    try {
      if (!cluster.isRunning()) {
        LOG.warn("event=database_ended");
        cluster.startAgain(port);
        LOG.info("event=database_started_again port={}", port);
      }
    } catch (IOException | RuntimeException failure) {
      LOG.error("event=database_start_failed cause={}", failure.toString());
    }
  }

  /** Returns when nothing will be started any more. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      stopping.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
