package dev.muster.server.running;

import dev.muster.application.audit.AuditKeepingService;
import dev.muster.application.scheduling.QueueCounts;
import dev.muster.ports.in.audit.AuditKeeping;
import dev.muster.ports.in.scheduling.Sweeps;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the sweeps at their times, until it is closed. Leases are looked at only after the server
 * has been ready for one lease: after an outage agents must have had time to renew theirs.
 */
final class SweepSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SweepSchedule.class);
  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(5);

  private final ScheduledExecutorService executor;

  private SweepSchedule(int threads, String name) {
    executor =
        Executors.newScheduledThreadPool(
            threads, Thread.ofPlatform().daemon().name(name, 0).factory());
  }

  static SweepSchedule start(Sweeps sweeps, Duration lease) {
    SweepSchedule schedule = new SweepSchedule(2, "sweep-");
    schedule.every(Duration.ofMillis(500), Duration.ZERO, "promote", sweeps::promoteDueJobs);
    schedule.every(Duration.ofSeconds(2), lease, "leases", sweeps::recoverLeases);
    schedule.every(Duration.ofSeconds(20), Duration.ZERO, "expire", sweeps::expireJobs);
    schedule.every(Duration.ofSeconds(30), lease, "offline", sweeps::noteOfflineAgents);
    schedule.every(
        Duration.ofMinutes(5), Duration.ofMinutes(1), "forget", sweeps::forgetOldRecords);
    schedule.every(QueueCounts.PERIOD, Duration.ZERO, "statistics", sweeps::countQueue);
    schedule.every(Duration.ofHours(1), Duration.ofSeconds(10), "reseal", sweeps::resealValues);
    schedule.every(Duration.ofHours(6), Duration.ZERO, "partitions", sweeps::preparePartitions);
    return schedule;
  }

  /** A thread of its own: a backlog of entries to seal must not hold up the leases. */
  static SweepSchedule startAudit(AuditKeeping audit) {
    SweepSchedule schedule = new SweepSchedule(1, "audit-");
    schedule.quietly(Duration.ofSeconds(1), "seal", audit::seal);
    schedule.quietly(Duration.ofMinutes(1), "audit_warnings", () -> warn(audit));
    schedule.quietly(AuditKeepingService.BETWEEN_HEADS, "audit_heads", audit::publishHeads);
    schedule.every(
        Duration.ofMinutes(10), Duration.ofMinutes(2), "audit_retention", audit::removeOld);
    return schedule;
  }

  private static int warn(AuditKeeping audit) {
    audit.warnings().forEach(each -> LOG.warn("event=audit_warning warning={}", each));
    return 0;
  }

  /** What is done all the time is no news. */
  private void quietly(Duration period, String name, IntSupplier sweep) {
    every(
        period,
        Duration.ZERO,
        name,
        () -> {
          var unused = sweep.getAsInt();
          return 0;
        });
  }

  private void every(Duration period, Duration delay, String name, IntSupplier sweep) {
    var unused =
        executor.scheduleWithFixedDelay(
            () -> run(name, sweep), delay.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** An exception would end the schedule; an error ends it, and must not do so in silence. */
  private static void run(String name, IntSupplier sweep) {
    try {
      int changed = sweep.getAsInt();
      if (changed > 0) {
        LOG.info("event=swept sweep={} changed={}", name, changed);
      }
    } catch (RuntimeException fault) {
      LOG.warn("event=sweep_failed sweep={} cause={}", name, fault.toString());
    } catch (Error fatal) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, fatal);
      throw fatal;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(CLOSING_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("event=sweep_still_running");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
