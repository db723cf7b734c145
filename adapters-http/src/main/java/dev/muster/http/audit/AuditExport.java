package dev.muster.http.audit;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.http.audit.AuditJson.Format;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Watch;
import dev.muster.ports.in.audit.AuditQueries.Parts;
import dev.muster.wire.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The audit log on its way out, however long: a part is read when the one before has been taken, so
 * that it needs the memory of one and holds no transaction while the reader is slow. It ends with
 * its reader's credential, with the server, and after {@link #LONGEST}; what ended so is cut off,
 * so that it cannot be taken for whole.
 */
final class AuditExport {
  /** How many entries are read at once. */
  static final int PART = 1_000;

  /** Whoever cannot take it in this time asks for less, by time. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final Format format;
  private final Parts parts;
  private final Watch watch;

  AuditExport(Format format, Parts parts, Watch watch) {
    this.format = format;
    this.parts = parts;
    this.watch = watch;
  }

  Answer answer() {
    String name = "audit-events." + (format == Format.CSV ? "csv" : "ndjson");
    return new Answer.Stream(
        200,
        Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""),
        format == Format.CSV ? "text/csv" : "application/x-ndjson",
        this::write);
  }

  private void write(OutputStream out) throws IOException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    if (format == Format.CSV) {
      out.write(AuditCsv.HEADING.getBytes(StandardCharsets.UTF_8));
    }
    List<AuditEntry> part = parts.next();
    while (!part.isEmpty()) {
      for (AuditEntry entry : part) {
        out.write(line(entry).getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
      if (System.nanoTime() - deadline > 0 || !watch.pause(Duration.ZERO)) {
        throw new CutOff();
      }
      part = parts.next();
    }
  }

  private String line(AuditEntry entry) {
    return switch (format) {
      case NDJSON -> Json.write(AuditJson.of(entry)) + "\n";
      case CSV -> AuditCsv.of(entry);
    };
  }

  /** Ends the answer in its middle. */
  private static final class CutOff extends IOException {
    private static final long serialVersionUID = 1L;

    CutOff() {
      super("the export was cut off");
    }
  }
}
