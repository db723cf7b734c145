package dev.muster.agent.redaction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Collection;

/**
 * Finds many patterns in one pass over bytes, in time linear in the text (Aho, Corasick: "Efficient
 * string matching", 1975). A state is a number; 0 is the start. Immutable once built.
 */
final class Automaton {
  private static final int NONE = -1;

  private final Transitions transitions = new Transitions();
  private int[] failure = new int[64];
  private int[] depth = new int[64];
  private int[] longest = new int[64];
  private int[] firstChild = filled(64);
  private int[] sibling = filled(64);
  private byte[] label = new byte[64];
  private int size = 1;

  /** Builds it for patterns whose characters are bytes. */
  static Automaton of(Collection<String> patterns) {
    Automaton automaton = new Automaton();
    patterns.forEach(pattern -> automaton.add(pattern.getBytes(ISO_8859_1)));
    automaton.linkFailures();
    return automaton;
  }

  /** The state after one more byte. */
  int step(int state, byte next) {
    int at = state;
    int child = transitions.get(at, next);
    while (child == NONE && at != 0) {
      at = failure[at];
      child = transitions.get(at, next);
    }
    return child == NONE ? 0 : child;
  }

  /** How many of the last bytes are the beginning of a pattern. */
  int depth(int state) {
    return depth[state];
  }

  /** The length of the longest pattern that ends here; 0 if none does. */
  int match(int state) {
    return longest[state];
  }

  private void add(byte[] pattern) {
    int state = 0;
    for (byte next : pattern) {
      int child = transitions.get(state, next);
      state = child == NONE ? newChild(state, next) : child;
    }
    longest[state] = depth[state];
  }

  private int newChild(int parent, byte next) {
    if (size == depth.length) {
      grow();
    }
    int child = size++;
    depth[child] = depth[parent] + 1;
    label[child] = next;
    sibling[child] = firstChild[parent];
    firstChild[parent] = child;
    transitions.put(parent, next, child);
    return child;
  }

  // Breadth first: a state's failure link is always nearer to the start than the state itself.
  private void linkFailures() {
    int[] queue = new int[size];
    int end = 1;
    for (int begin = 0; begin < end; begin++) {
      int state = queue[begin];
      for (int child = firstChild[state]; child != NONE; child = sibling[child]) {
        failure[child] = state == 0 ? 0 : step(failure[state], label[child]);
        longest[child] = Math.max(longest[child], longest[failure[child]]);
        queue[end++] = child;
      }
    }
  }

  private void grow() {
    int capacity = size * 2;
    failure = Arrays.copyOf(failure, capacity);
    depth = Arrays.copyOf(depth, capacity);
    longest = Arrays.copyOf(longest, capacity);
    label = Arrays.copyOf(label, capacity);
    firstChild = grown(firstChild, capacity);
    sibling = grown(sibling, capacity);
  }

  private static int[] filled(int capacity) {
    int[] array = new int[capacity];
    Arrays.fill(array, NONE);
    return array;
  }

  private static int[] grown(int[] array, int capacity) {
    int[] grown = Arrays.copyOf(array, capacity);
    Arrays.fill(grown, array.length, capacity, NONE);
    return grown;
  }

  /** From state and byte to state: a hash table without objects, since there may be 10⁶ states. */
  private static final class Transitions {
    private long[] keys = new long[256];
    private int[] values = new int[256];
    private int size;

    int get(int state, byte next) {
      long key = key(state, next);
      int slot = slot(key);
      while (keys[slot] != 0) {
        if (keys[slot] == key) {
          return values[slot];
        }
        slot = (slot + 1) & (keys.length - 1);
      }
      return NONE;
    }

    void put(int state, byte next, int target) {
      if (++size * 2 > keys.length) {
        rehash();
      }
      insert(key(state, next), target);
    }

    private void insert(long key, int target) {
      int slot = slot(key);
      while (keys[slot] != 0) {
        slot = (slot + 1) & (keys.length - 1);
      }
      keys[slot] = key;
      values[slot] = target;
    }

    private void rehash() {
      long[] oldKeys = keys;
      int[] oldValues = values;
      keys = new long[oldKeys.length * 2];
      values = new int[oldKeys.length * 2];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != 0) {
          insert(oldKeys[i], oldValues[i]);
        }
      }
    }

    // Never 0, which marks a free slot.
    private static long key(int state, byte next) {
      return ((long) state << 8 | (next & 0xff)) + 1;
    }

    private int slot(long key) {
      return (int) (key * 0x9E3779B97F4A7C15L >>> 32) & (keys.length - 1);
    }
  }
}
