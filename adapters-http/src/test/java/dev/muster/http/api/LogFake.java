package dev.muster.http.api;

import dev.muster.domain.job.JobStatus;
import dev.muster.domain.job.LogLine;
import dev.muster.ports.in.job.JobQueries.LogPage;
import dev.muster.ports.in.job.JobQueries.StoredLine;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log that a test writes, and the state of its job. Thread-safe. */
final class LogFake {
  private final List<StoredLine> lines = new CopyOnWriteArrayList<>();
  private volatile JobStatus status = JobStatus.RUNNING;

  void say(String text) {
    long position = lines.size() + 1;
    var line = new LogLine(position, LogLine.Stream.STDOUT, Samples.AT, text);
    lines.add(new StoredLine(position, 1, line));
  }

  void end() {
    status = JobStatus.COMPLETED;
  }

  JobStatus status() {
    return status;
  }

  LogPage after(long after, int limit) {
    var found = lines.stream().filter(l -> l.position() > after).limit(limit).toList();
    return new LogPage(found, found.isEmpty() ? after : found.getLast().position());
  }
}
