package dev.muster.agent.loop;

import dev.muster.agent.api.Lease;
import dev.muster.domain.job.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The jobs that this agent holds, at most as many as it has slots. Thread-safe.
 *
 * <p>A lost job keeps its slot until its work has really stopped, but is no longer named to the
 * server.
 */
final class HeldJobs {
  private final int slots;
  private final Map<Lease, HeldJob> jobs = new LinkedHashMap<>();
  private final List<Runnable> onFreed = new CopyOnWriteArrayList<>();

  HeldJobs(int slots) {
    this.slots = slots;
  }

  /** Runs the hook after each job that leaves. */
  void onFreed(Runnable hook) {
    onFreed.add(hook);
  }

  /** Takes a job in, if there is a slot for it. */
  synchronized boolean admit(HeldJob job) {
    if (jobs.size() >= slots || jobs.containsKey(job.lease())) {
      return false;
    }
    jobs.put(job.lease(), job);
    return true;
  }

  /** Lets a job go. */
  void leave(HeldJob job) {
    synchronized (this) {
      jobs.remove(job.lease());
      notifyAll();
    }
    onFreed.forEach(Runnable::run);
  }

  synchronized boolean holds(Lease lease) {
    return jobs.containsKey(lease);
  }

  synchronized int free() {
    return slots - jobs.size();
  }

  /** What the server is told that this agent works on. */
  synchronized List<Lease> leases() {
    return jobs.values().stream()
        .filter(job -> job.ending() != Ending.LOST)
        .map(HeldJob::lease)
        .toList();
  }

  /** Ends one attempt; does nothing when it is not held. */
  boolean end(Lease lease, Ending cause) {
    HeldJob job;
    synchronized (this) {
      job = jobs.get(lease);
    }
    return job != null && job.end(cause);
  }

  /** Ends every attempt of a job but the given one: a newer attempt makes the older ones void. */
  void loseOthers(Lease newest) {
    snapshot().stream()
        .map(HeldJob::lease)
        .filter(lease -> isOlder(lease, newest))
        .forEach(lease -> end(lease, Ending.LOST));
  }

  /** Ends all. */
  void endAll(Ending cause) {
    snapshot().forEach(job -> job.end(cause));
  }

  /** Waits until no job is held; false when that took longer than the patience. */
  synchronized boolean awaitNone(Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (!jobs.isEmpty()) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private synchronized List<HeldJob> snapshot() {
    return new ArrayList<>(jobs.values());
  }

  private static boolean isOlder(Lease lease, Lease newest) {
    JobId job = lease.job();
    return job.equals(newest.job()) && lease.attempt() < newest.attempt();
  }
}
