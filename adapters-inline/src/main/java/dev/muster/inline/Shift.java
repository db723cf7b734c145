package dev.muster.inline;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.fleet.Presence.ActiveJob;
import dev.muster.ports.in.fleet.Presence.Answer;
import dev.muster.ports.in.fleet.Presence.Heartbeat;
import dev.muster.ports.in.scheduling.JobDispatch.Claim;
import dev.muster.ports.in.scheduling.JobDispatch.Claimed;
import dev.muster.ports.in.scheduling.JobDispatch.Control;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a worker does under one identity: from when it entered until it is known no more. */
final class Shift {
  private static final Logger LOG = LoggerFactory.getLogger(Shift.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 1_000;

  private final Caller worker;
  private final InlineWorker.Server server;
  private final InlineSettings settings;
  private final ScriptFolders folders;
  private final CountDownLatch closing;
  private final Semaphore slots;
  private final Semaphore wakeUps = new Semaphore(0);
  private final Map<JobId, Attempt> running = new ConcurrentHashMap<>();
  private volatile boolean over;

  Shift(
      Caller worker,
      InlineWorker.Server server,
      InlineSettings settings,
      ScriptFolders folders,
      CountDownLatch closing) {
    this.worker = worker;
    this.server = server;
    this.settings = settings;
    this.folders = folders;
    this.closing = closing;
    this.slots = new Semaphore(settings.slots());
  }

  Caller worker() {
    return worker;
  }

  /** Takes jobs until none are to be taken any more, or the server does not know this worker. */
  void work() throws InterruptedException {
    Thread.ofPlatform().daemon().name("inline-beat").start(this::renew);
    UUID claim = UUID.randomUUID();
    while (closing.getCount() > 0) {
      slots.acquire();
      int free = 1 + slots.drainPermits();
      int taken = 0;
      try {
        long asked = System.nanoTime();
        Outcome<Claimed> outcome = server.dispatch().claim(worker, claim(free, claim));
        switch (outcome) {
          case Outcome.Refused<Claimed> unknown -> {
            return;
          }
          case Outcome.Done<Claimed> done -> {
            taken = take(done.value());
            claim = UUID.randomUUID();
            pauseIfTooQuick(done.value(), asked);
          }
        }
      } catch (RuntimeException away) {
        LOG.warn("event=inline_claim_failed cause={}", away.toString());
        pause();
      } finally {
        slots.release(free - taken);
      }
    }
  }

  /** The same id until it was answered, so that jobs of an answer that was lost come again. */
  private static Claim claim(int jobs, UUID id) {
    return new Claim(null, null, null, jobs, PATIENCE, id.toString());
  }

  private int take(Claimed claimed) {
    int taken = 0;
    for (LeasedJob leased : claimed.jobs()) {
      Attempt attempt = new Attempt(worker, leased, server, settings, folders);
      if (running.putIfAbsent(leased.job().id(), attempt) == null) {
        taken++;
        Thread.ofVirtual().name("inline-job").start(() -> run(attempt));
      }
    }
    for (Control control : claimed.control()) {
      if (control instanceof Control.Cancel cancel) {
        cancel(cancel.job());
      }
    }
    return taken;
  }

  private void run(Attempt attempt) {
    try {
      attempt.run();
    } catch (RuntimeException fault) {
      // Nobody was told: the lease ends, and the job is tried again.
      LOG.error("event=inline_job_failed job={}", attempt.job(), fault);
    } catch (InterruptedException stopped) {
      LOG.debug("a job was interrupted");
    } finally {
      running.remove(attempt.job(), attempt);
      slots.release();
    }
  }

  /** An answer with nothing before its time comes from a server that is about to stop. */
  private void pauseIfTooQuick(Claimed claimed, long asked) throws InterruptedException {
    boolean empty = claimed.jobs().isEmpty() && claimed.control().isEmpty();
    if (empty && System.nanoTime() - asked < TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS)) {
      pause();
    }
  }

  private void pause() throws InterruptedException {
    boolean unused = closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Something may have been decided about this worker, or about a job of its. */
  void concerned(AgentId agent) {
    if (worker.agent().equals(agent)) {
      wakeUps.release();
    }
  }

  private void renew() {
    try {
      while (!over) {
        beat();
        if (wakeUps.tryAcquire(settings.beat().toMillis(), TimeUnit.MILLISECONDS)) {
          wakeUps.drainPermits();
        }
      }
    } catch (InterruptedException stopped) {
      LOG.debug("renewing was interrupted");
    }
  }

  private void beat() {
    List<ActiveJob> active =
        running.values().stream().map(a -> new ActiveJob(a.job(), a.number())).toList();
    try {
      Outcome<Answer> outcome =
          server.presence().heartbeat(worker, new Heartbeat(active, null, null));
      if (outcome instanceof Outcome.Done<Answer> done) {
        done.value().cancel().forEach(this::cancel);
        done.value().lost().forEach(this::lose);
      }
    } catch (RuntimeException away) {
      LOG.warn("event=inline_beat_failed cause={}", away.toString());
    }
  }

  private void cancel(JobId job) {
    Attempt attempt = running.get(job);
    if (attempt != null) {
      attempt.stop(Attempt.Why.CANCELLED);
    }
  }

  private void lose(JobId job) {
    Attempt attempt = running.get(job);
    if (attempt != null) {
      attempt.stop(Attempt.Why.LOST);
    }
  }

  /** Ends all that runs; nobody waits for it any more. */
  void drop() {
    over = true;
    wakeUps.release();
    running.values().forEach(attempt -> attempt.stop(Attempt.Why.LOST));
  }

  /** Ends all that runs and waits until that was said, as long as patience lasts. */
  void end(Duration patience) {
    running.values().forEach(attempt -> attempt.stop(Attempt.Why.CLOSING));
    try {
      boolean all = slots.tryAcquire(settings.slots(), patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!all) {
        LOG.warn("event=inline_jobs_left jobs={}", running.size());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    over = true;
    wakeUps.release();
  }
}
