package dev.muster.domain.scheduling;

import java.util.Arrays;

/**
 * The tenants that contend for a slot of the shared pool, each with its next job: in columns,
 * because they are gone through for each grant. In no order.
 */
final class Entrants {
  int size;
  long[] virtualTimes = new long[16];
  long[] slacks = new long[16];

  /** How far each may be behind the clock. */
  long[] mostBehind = new long[16];

  /** Of the next jobs, by the formula; see {@link Head#rank}. */
  long[] ranks = new long[16];

  boolean[] belowShare = new boolean[16];
  Head[] heads = new Head[16];
  Contender[] contenders = new Contender[16];

  void clear() {
    size = 0;
  }

  void add(Contender contender, Head head, long rank) {
    if (size == heads.length) {
      grow();
    }
    contenders[size] = contender;
    slacks[size] = contender.slack();
    mostBehind[size] = FairTurns.MOST_BEHIND * contender.cost();
    virtualTimes[size] = contender.virtualTime();
    next(size, head, rank);
    size++;
  }

  void next(int index, Head head, long rank) {
    heads[index] = head;
    ranks[index] = rank;
  }

  void remove(int index) {
    size--;
    virtualTimes[index] = virtualTimes[size];
    slacks[index] = slacks[size];
    mostBehind[index] = mostBehind[size];
    ranks[index] = ranks[size];
    belowShare[index] = belowShare[size];
    heads[index] = heads[size];
    contenders[index] = contenders[size];
  }

  /** Whether the next job of one goes before that of another by the formula. */
  boolean isBefore(int one, int other) {
    return ranks[one] < ranks[other]
        || (ranks[one] == ranks[other] && heads[one].isElder(heads[other]));
  }

  private void grow() {
    int length = 2 * size;
    virtualTimes = Arrays.copyOf(virtualTimes, length);
    slacks = Arrays.copyOf(slacks, length);
    mostBehind = Arrays.copyOf(mostBehind, length);
    ranks = Arrays.copyOf(ranks, length);
    belowShare = Arrays.copyOf(belowShare, length);
    heads = Arrays.copyOf(heads, length);
    contenders = Arrays.copyOf(contenders, length);
  }
}
