package dev.muster.application.scheduling;

import dev.muster.application.scheduling.Mail.Arrival;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.TenantStanding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What others have for the planning thread. Thread-safe. */
final class Inbox {
  /** Jobs are remembered elsewhere, too: who plans too slowly for these reads them there. */
  private static final int MOST_ARRIVALS = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private List<Poll> fresh = new ArrayList<>();
  private List<Poll> gone = new ArrayList<>();
  private Set<AgentId> concerned = new HashSet<>();
  private List<Arrival> arrivals = new ArrayList<>();
  private List<TenantStanding> standings = new ArrayList<>();
  private boolean everything;
  private boolean closed;

  /** Takes a poll in; false once it is closed. */
  boolean came(Poll poll) {
    return put(() -> fresh.add(poll));
  }

  void left(Poll poll) {
    put(() -> gone.add(poll));
  }

  void concerned(AgentId agent) {
    put(() -> concerned.add(agent));
  }

  void arrived(Arrival arrival) {
    put(() -> {
      if (arrivals.size() < MOST_ARRIVALS) {
        arrivals.add(arrival);
      } else {
        everything = true;
      }
    });
  }

  void changed(TenantStanding standing) {
    put(() -> {
      if (standings.size() < MOST_ARRIVALS) {
        standings.add(standing);
      } else {
        everything = true;
      }
    });
  }

  void everything() {
    put(() -> everything = true);
  }

  void close() {
    put(() -> closed = true);
  }

  private boolean put(Runnable what) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      what.run();
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Polls that came and were never taken; for after it was closed. */
  List<Poll> unread() {
    lock.lock();
    try {
      return List.copyOf(fresh);
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is mail, a time has passed, or it is closed; answers what there is. */
  Mail take(long patienceNanos) throws InterruptedException {
    lock.lock();
    try {
      long left = patienceNanos;
      while (left > 0 && !closed && isEmpty()) {
        left = changed.awaitNanos(left);
      }
      return empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean isEmpty() {
    return fresh.isEmpty()
        && gone.isEmpty()
        && concerned.isEmpty()
        && arrivals.isEmpty()
        && standings.isEmpty()
        && !everything;
  }

  private Mail empty() {
    Mail mail = new Mail(fresh, gone, concerned, arrivals, standings, everything);
    fresh = new ArrayList<>();
    gone = new ArrayList<>();
    concerned = new HashSet<>();
    arrivals = new ArrayList<>();
    standings = new ArrayList<>();
    everything = false;
    return mail;
  }
}
