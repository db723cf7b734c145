package dev.muster.inline;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.Report;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.sandbox.Breach;
import dev.muster.sandbox.RunningScript;
import dev.muster.sandbox.Sandbox;
import dev.muster.sandbox.Script;
import dev.muster.sandbox.ScriptOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt of a job, from its lease to its report. */
final class Attempt {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
  private static final Duration REPORTING_PATIENCE = Duration.ofMinutes(10);
  private static final long PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  /** Why an attempt is to end before its script does. */
  enum Why {
    CANCELLED,
    /** It is another's now: nothing more is said. */
    LOST,
    CLOSING
  }

  private final Caller worker;
  private final Job its;
  private final InlineWorker.Server server;
  private final InlineSettings settings;
  private final ScriptFolders folders;
  private final JobLog log;
  private final AtomicReference<@Nullable Why> why = new AtomicReference<>();
  private final AtomicReference<@Nullable RunningScript> script = new AtomicReference<>();

  Attempt(
      Caller worker,
      LeasedJob leased,
      InlineWorker.Server server,
      InlineSettings settings,
      ScriptFolders folders) {
    this.worker = worker;
    this.its = leased.job();
    this.server = server;
    this.settings = settings;
    this.folders = folders;
    this.log = new JobLog(worker, its, server.reporting(), server.clock());
  }

  JobId job() {
    return its.id();
  }

  /** The fence. */
  int number() {
    return its.attempt();
  }

  /** Ends it; only the first reason counts, unless it is another's by now. Does not block. */
  void stop(Why reason) {
    if (reason == Why.LOST) {
      why.set(reason);
    } else {
      why.compareAndSet(null, reason);
    }
    RunningScript running = script.get();
    if (running != null) {
      running.stop();
    }
  }

  void run() throws InterruptedException {
    if (why.get() == null && !said(new Report.Running(null))) {
      return;
    }
    Report end = why.get() == null ? work() : stopped();
    log.close();
    if (why.get() != Why.LOST) {
      boolean unused = said(end);
    }
  }

  private Report work() throws InterruptedException {
    Optional<Script> wanted = ScriptPayload.read(its.spec().payload());
    if (wanted.isEmpty()) {
      return failed("not_allowed_here", "the server itself runs scripts only", false);
    }
    if (!server.workers().mayRun(its.tenant())) {
      return failed(
          "not_allowed_here", "the server no longer runs jobs of this tenant itself", false);
    }
    try (ScriptFolders.Place place = folders.place()) {
      return work(wanted.get(), place.path());
    } catch (IOException e) {
      LOG.warn("event=inline_folder_failed cause={}", e.toString());
      return broke(Breach.NOT_STARTED, false);
    }
  }

  private Report work(Script wanted, Path folder) throws InterruptedException {
    Duration left = left();
    boolean jobEndsFirst = left.compareTo(settings.limits().time()) < 0;
    if (left.isNegative() || left.isZero()) {
      return broke(Breach.TIME, true);
    }
    Duration time = jobEndsFirst ? left : settings.limits().time();
    InlineHost helpers = new InlineHost(settings.servers(), log, time);
    long started = System.nanoTime();
    ScriptOutcome outcome =
        switch (Sandbox.start(wanted, settings.limits().within(time), helpers, folder)) {
          case Sandbox.Start.Refused refused -> new ScriptOutcome.Broke(refused.breach());
          case Sandbox.Start.Started running -> ended(running.script());
        };
    return switch (outcome) {
      case ScriptOutcome.Returned returned ->
          new Report.Completed(Storable.result(returned.result(), millisSince(started)));
      case ScriptOutcome.Threw threw ->
          failed(
              threw.errorClass().orElse("script_error"),
              threw.message(),
              threw.errorClass().map(helpers::isPassing).orElse(false));
      case ScriptOutcome.Broke broke -> broke(broke.breach(), jobEndsFirst);
      case ScriptOutcome.Stopped stopped -> stopped();
    };
  }

  private Duration left() {
    Instant assigned = its.assignedAt();
    Instant now = server.clock().instant();
    return assigned == null
        ? its.spec().runTimeout()
        : Duration.between(now, assigned.plus(its.spec().runTimeout()));
  }

  private static long millisSince(long started) {
    return Duration.ofNanos(System.nanoTime() - started).toMillis();
  }

  private ScriptOutcome ended(RunningScript running) throws InterruptedException {
    script.set(running);
    if (why.get() != null) {
      running.stop();
    }
    return running.await();
  }

  private Report stopped() {
    return why.get() == Why.CANCELLED ? new Report.Cancelled() : new Report.Released();
  }

  private static Report broke(Breach breach, boolean jobEndsFirst) {
    return breach == Breach.TIME && jobEndsFirst
        ? failed("run_timeout", "the script had not ended when the job's time was up", true)
        : failed(breach.errorClass(), breach.explanation(), breach.isPassing());
  }

  private static Report failed(String errorClass, String message, boolean retryable) {
    return new Report.Failed(new JobError(errorClass, Storable.message(message)), retryable);
  }

  /** Says it until somebody listens; false where this attempt is this worker's no more. */
  private boolean said(Report report) throws InterruptedException {
    long until = System.nanoTime() + REPORTING_PATIENCE.toNanos();
    long pause = PAUSE_MILLIS;
    while (why.get() != Why.LOST && System.nanoTime() < until) {
      try {
        Outcome<Job> answer = server.reporting().report(worker, its.id(), its.attempt(), report);
        return answer instanceof Outcome.Done<Job>;
      } catch (RuntimeException away) {
        LOG.warn("event=inline_report_failed job={} cause={}", its.id(), away.toString());
        if (why.get() == Why.CLOSING) {
          return false;
        }
        Thread.sleep(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
    return false;
  }
}
