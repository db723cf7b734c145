package dev.muster.agent.connector;

import dev.muster.agent.redaction.JobRedaction;
import dev.muster.agent.redaction.RedactingStream;
import dev.muster.agent.vault.SecretLookup;
import dev.muster.agent.vault.SecretTarget;
import dev.muster.agent.vault.Vault;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.vault.VaultReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The context of one job: binds the vault to its tenant, and everything outgoing to redaction. */
final class RunningJob implements JobContext {
  private final Assignment assignment;
  private final Vault vault;
  private final JobReports reports;
  private final Cancellation cancellation;
  private final Path workingFolder;
  private final Instant deadline;
  private volatile boolean finished;
  private final JobRedaction redaction = new JobRedaction();
  private final Map<LogStream, LogLines> lines = new EnumMap<>(LogStream.class);
  private final Map<LogStream, RedactingStream> streams = new EnumMap<>(LogStream.class);

  RunningJob(
      Assignment assignment,
      Vault vault,
      JobReports reports,
      Cancellation cancellation,
      Path workingFolder,
      Instant deadline) {
    this.assignment = assignment;
    this.vault = vault;
    this.reports = reports;
    this.cancellation = cancellation;
    this.workingFolder = workingFolder;
    this.deadline = deadline;
    for (LogStream stream : LogStream.values()) {
      LogLines sink = new LogLines(reports, stream);
      lines.put(stream, sink);
      streams.put(stream, redaction.stream(sink));
    }
  }

  @Override
  public SecretLookup resolve(VaultReference reference, SecretTarget target) {
    SecretLookup lookup = vault.resolve(reference, target, assignment.tenantSlug());
    if (lookup instanceof SecretLookup.Found found) {
      redaction.conceal(found.secret());
    }
    return lookup;
  }

  @Override
  public void conceal(Secret derived) {
    redaction.conceal(derived);
  }

  @Override
  public String redacted(String text) {
    return redaction.redact(text);
  }

  @Override
  public JsonNode redacted(JsonNode json) {
    return redaction.redact(json);
  }

  @Override
  public void log(LogStream stream, byte[] bytes, int offset, int length) {
    // What a process that could not be killed still writes comes too late.
    if (!finished) {
      stream(stream).write(bytes, offset, length);
    }
  }

  @Override
  public void log(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    log(LogStream.SYSTEM, bytes, 0, bytes.length);
  }

  @Override
  public void progress(int percent, String message) {
    reports.progress(Math.clamp(percent, 0, 100), redaction.redact(message));
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public Path workingFolder() {
    return workingFolder;
  }

  @Override
  public Instant deadline() {
    return deadline;
  }

  /** Ends the logs and redacts what the connector came to. */
  ConnectorOutcome finish(ConnectorOutcome outcome) {
    finished = true;
    for (LogStream stream : LogStream.values()) {
      stream(stream).finish();
      LogLines last = lines.get(stream);
      if (last != null) {
        last.finish();
      }
    }
    return switch (outcome) {
      case ConnectorOutcome.Completed completed ->
          new ConnectorOutcome.Completed(redaction.redact(completed.result()));
      case ConnectorOutcome.Failed failed ->
          new ConnectorOutcome.Failed(
              failed.errorClass(), redaction.redact(failed.message()), failed.retryable());
      case ConnectorOutcome.Cancelled cancelled ->
          new ConnectorOutcome.Cancelled(
              cancelled.confirmed(), redaction.redact(cancelled.detail()));
    };
  }

  private RedactingStream stream(LogStream stream) {
    RedactingStream found = streams.get(stream);
    if (found == null) {
      throw new IllegalStateException("no stream " + stream);
    }
    return found;
  }
}
