package dev.muster.domain.scheduling;

import dev.muster.domain.job.JobId;
import java.util.UUID;

/**
 * Jobs of one lane in its order: {@code queued_at}, then id. Three numbers a job instead of
 * objects, because a replica remembers hundreds of thousands of them.
 */
final class JobWindow {
  private static final int FIELDS = 3;
  private static final int SMALLEST = 4;

  /** For each job its queued_at in nanoseconds of the epoch and the halves of its id. */
  private long[] fields = new long[FIELDS * SMALLEST];

  private int head;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  long queuedAt(int index) {
    return fields[FIELDS * (head + index)];
  }

  long idHigh(int index) {
    return fields[FIELDS * (head + index) + 1];
  }

  long idLow(int index) {
    return fields[FIELDS * (head + index) + 2];
  }

  JobId id(int index) {
    return new JobId(new UUID(idHigh(index), idLow(index)));
  }

  /** Puts a job in its place; nothing happens where it stands there already. */
  void add(QueuedJob job) {
    int index = find(job);
    if (index >= 0) {
      return;
    }
    int place = -index - 1;
    if (place == 0 && head > 0) {
      head--;
    } else {
      makeRoomBehind();
      int from = FIELDS * (head + place);
      System.arraycopy(fields, from, fields, from + FIELDS, FIELDS * (size - place));
    }
    size++;
    int at = FIELDS * (head + place);
    fields[at] = EpochNanos.of(job.queuedAt());
    fields[at + 1] = job.id().value().getMostSignificantBits();
    fields[at + 2] = job.id().value().getLeastSignificantBits();
  }

  void removeFirst() {
    head++;
    size--;
    if (size == 0) {
      head = 0;
    }
  }

  void removeLast() {
    size--;
  }

  /** Takes a job out; nothing happens where it does not stand there. */
  void remove(QueuedJob job) {
    int index = find(job);
    if (index == 0) {
      removeFirst();
    } else if (index > 0) {
      int to = FIELDS * (head + index);
      System.arraycopy(fields, to + FIELDS, fields, to, FIELDS * (size - index - 1));
      size--;
    }
  }

  /** Where a job stands, or, as {@code -place - 1}, where it would. */
  private int find(QueuedJob job) {
    long queuedAt = EpochNanos.of(job.queuedAt());
    long high = job.id().value().getMostSignificantBits();
    long low = job.id().value().getLeastSignificantBits();
    int from = 0;
    int to = size;
    while (from < to) {
      int middle = (from + to) >>> 1;
      int order =
          QueuePriority.byAge(queuedAt, high, low, queuedAt(middle), idHigh(middle), idLow(middle));
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return -from - 1;
  }

  private void makeRoomBehind() {
    if (FIELDS * (head + size) < fields.length) {
      return;
    }
    // Half of it empty in front: moving is enough, and cannot happen again soon.
    long[] target = head > size ? fields : new long[2 * fields.length];
    System.arraycopy(fields, FIELDS * head, target, 0, FIELDS * size);
    fields = target;
    head = 0;
  }
}
