package dev.muster.jdbc.scheduling;

import java.util.UUID;

/**
 * This server among those on the same database. Each holds, on the connection on which it listens,
 * a shared lock that means nothing but "here I am"; it is gone with the connection, whatever became
 * of the server. Thread-safe.
 */
public final class JdbcReplica {
  /** Any number that nobody else locks: "muster" in ASCII. */
  static final long PRESENCE = 0x6d7573746572L;

  private final UUID id = UUID.randomUUID();
  private volatile boolean hasOthers = true;

  /** Tells its signals from those of others. */
  public UUID id() {
    return id;
  }

  /**
   * Whether somebody else may listen. It is found out every second; one that has just come looks
   * for itself at once, and every second.
   */
  boolean hasOthers() {
    return hasOthers;
  }

  void counted(int listeners) {
    hasOthers = listeners > 1;
  }
}
