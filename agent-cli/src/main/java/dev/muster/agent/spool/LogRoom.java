package dev.muster.agent.spool;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of the disk log lines may take, over all jobs. Thread-safe. A spill that is locked may
 * ask here; nobody here waits for a spill.
 */
final class LogRoom {
  private final long mostBytes;

  /** The oldest first. */
  private final Map<Path, LogSpill> spills = new LinkedHashMap<>();

  private long bytes;

  LogRoom(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The spill that goes into a file: always the same one. */
  synchronized LogSpill spill(Path file) {
    return spills.computeIfAbsent(file, path -> new LogSpill(path, this));
  }

  /** Counts what was there already. */
  void found(long there) {
    bytes += there;
  }

  /** Takes room; where there is none the oldest lines of others go, then one's own. */
  void take(LogSpill whose, long more) {
    LogSpill oldest = grow(more);
    while (oldest != null) {
      oldest.empty();
      oldest = oldest == whose ? null : grow(0);
    }
  }

  private synchronized @Nullable LogSpill grow(long more) {
    bytes += more;
    return bytes <= mostBytes
        ? null
        : spills.values().stream().filter(spill -> spill.size() > 0).findFirst().orElse(null);
  }

  synchronized void give(long less) {
    bytes -= less;
  }

  synchronized void remove(Path file) {
    spills.remove(file);
  }
}
