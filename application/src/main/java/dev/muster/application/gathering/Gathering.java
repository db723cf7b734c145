package dev.muster.application.gathering;

import dev.muster.ports.StorageUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Brings together what many threads want at the same moment. Nobody waits for others to come: who
 * comes while nothing is being done is served at once, alone, on its own thread. Who comes while
 * something is being done waits for its end, and then the first of those waiting does the work of
 * all of them. So batches grow with the load, and with nothing else. Thread-safe.
 *
 * @param <T> what is asked for
 * @param <R> what is answered
 */
public final class Gathering<T, R> {
  /**
   * Longer than a batch waits for a connection, and shorter than whoever asks waits for an answer.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Request<T, R>> waiting = new ArrayDeque<>();
  private final Function<List<T>, List<R>> work;
  private final int most;
  private final int atOnce;
  private final Duration patience;
  private int busy;

  /**
   * Has {@code work} do what gathers.
   *
   * @param work answers a batch, in its order; it may be called again for single items of a batch
   *     that it failed, so a failure must leave nothing behind
   * @param most the largest batch
   * @param atOnce how many batches are worked on at the same time
   */
  public Gathering(Function<List<T>, List<R>> work, int most, int atOnce) {
    this(work, most, atOnce, PATIENCE);
  }

  Gathering(Function<List<T>, List<R>> work, int most, int atOnce, Duration patience) {
    this.work = work;
    this.most = most;
    this.atOnce = atOnce;
    this.patience = patience;
  }

  /**
   * Has an item done, with others or alone, and waits for its answer.
   *
   * @throws RuntimeException what the work threw for this item
   * @throws StorageUnavailable also where its turn does not come in time: nothing was done for it
   */
  public R of(T item) {
    Request<T, R> mine = new Request<>(item);
    if (mayLead(mine) || isToLead(mine)) {
      lead(mine);
    }
    return mine.answer();
  }

  /** Whoever leaves the line must not be in it any more; who has been taken from it waits on. */
  private boolean isToLead(Request<T, R> mine) {
    if (!mine.hasTurn(patience) && left(mine)) {
      throw new StorageUnavailable("too many came at once", new TimeoutException());
    }
    return mine.isToLead();
  }

  private boolean left(Request<T, R> request) {
    lock.lock();
    try {
      return waiting.remove(request);
    } finally {
      lock.unlock();
    }
  }

  /** How many wait for their turn. */
  int inLine() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Who may not waits in line; whoever leads is not in it. */
  private boolean mayLead(Request<T, R> request) {
    lock.lock();
    try {
      if (busy < atOnce) {
        busy++;
        return true;
      }
      waiting.add(request);
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Does what waits, the leader's own first, and hands over to the next. */
  private void lead(Request<T, R> mine) {
    try {
      together(batch(mine));
    } finally {
      handOver();
    }
  }

  private List<Request<T, R>> batch(Request<T, R> mine) {
    List<Request<T, R>> batch = new ArrayList<>();
    batch.add(mine);
    lock.lock();
    try {
      while (batch.size() < most && waiting.peek() != null) {
        batch.add(waiting.remove());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** The next one in line leads in this one's place; without one there is a place less taken. */
  private void handOver() {
    lock.lock();
    try {
      Request<T, R> successor = waiting.poll();
      if (successor == null) {
        busy--;
      } else {
        successor.lead();
      }
    } finally {
      lock.unlock();
    }
  }

  private void together(List<Request<T, R>> batch) {
    try {
      List<R> answers = work.apply(batch.stream().map(Request::item).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).done(answers.get(i));
      }
    } catch (StorageUnavailable away) {
      batch.forEach(request -> request.failed(away));
    } catch (RuntimeException | Error failure) {
      if (batch.size() == 1 || failure instanceof Error) {
        batch.forEach(request -> request.failed(failure));
      } else {
        batch.forEach(request -> together(List.of(request)));
      }
    }
  }
}
