package dev.muster.agent.spool;

import dev.muster.agent.api.SpooledLines;
import dev.muster.agent.disk.DiskFailure;
import dev.muster.agent.disk.WholeFile;
import dev.muster.agent.journal.Journal;
import dev.muster.domain.job.LogLine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Log lines of one attempt on disk, first in, first out. Thread-safe. They are written one after
 * another without waiting for the disk: a line that a power cut takes is a line less.
 */
public final class LogSpill {
  private static final Journal JOURNAL = Journal.of("spool");

  private final Path file;
  private final LogRoom room;

  /** Where the first line begins that nobody has taken. */
  private long begin;

  private volatile long end;

  LogSpill(Path file, LogRoom room) {
    this.file = file;
    this.room = room;
    this.end = Files.exists(file) ? sizeOf(file) : 0;
    room.found(end);
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException failure) {
      return 0;
    }
  }

  /** How many bytes are on disk. */
  long size() {
    return end;
  }

  /** Whether nothing waits here. */
  public synchronized boolean isEmpty() {
    return begin >= end;
  }

  /**
   * Adds lines behind those that wait; false, and none is added, where the disk does not take it.
   */
  public boolean append(List<LogLine> lines) {
    byte[] bytes = SpooledLines.write(lines);
    synchronized (this) {
      try {
        if (Files.notExists(file)) {
          Files.createFile(file, WholeFile.OWNER_ONLY);
        }
        write(bytes);
        end = end + bytes.length;
      } catch (IOException failure) {
        JOURNAL.error("lines_not_kept", "cause", DiskFailure.describe(failure));
        return false;
      }
    }
    room.take(this, bytes.length);
    return true;
  }

  /** Behind what is there; of a write that fails nothing stays, or it would be in others' way. */
  private void write(byte[] bytes) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      try {
        out.seek(end);
        out.write(bytes);
      } catch (IOException failure) {
        out.setLength(end);
        throw failure;
      }
      out.setLength(end + bytes.length);
    }
  }

  /** The lines that come next, as many as fit; they stay until {@link #taken}. */
  public synchronized Batch next(int mostLines, int mostBytes) {
    List<LogLine> lines = new ArrayList<>();
    long at = begin;
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(begin);
      byte[] read = new byte[(int) Math.min(Math.max(0, end - begin), mostBytes)];
      in.readFully(read);
      at += SpooledLines.read(read, mostLines, lines);
      if (lines.isEmpty()) {
        at = end;
        JOURNAL.error("damaged", "file", file.getFileName());
      }
    } catch (IOException failure) {
      at = end;
      JOURNAL.error("unreadable", "cause", DiskFailure.describe(failure));
    }
    return new Batch(lines, at);
  }

  /** Forgets a batch, which the server has. */
  public synchronized void taken(Batch batch) {
    begin = Math.max(begin, Math.min(batch.upTo, end));
    if (begin >= end) {
      empty();
    }
  }

  /** Throws away what waits. */
  synchronized void empty() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      JOURNAL.warn("not_removed", "cause", DiskFailure.describe(failure));
    }
    room.give(end);
    begin = 0;
    end = 0;
  }

  /** Throws it away for good. */
  void discard() {
    empty();
    room.remove(file);
  }

  /** Lines that were read, and where the next begin. */
  public record Batch(List<LogLine> lines, long upTo) {}
}
