package dev.muster.agent.connector.script;

import dev.muster.agent.connector.Cancellation;
import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.LogStream;
import dev.muster.agent.vault.SecretLookup;
import dev.muster.agent.vault.SecretTarget;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.vault.VaultReference;
import java.nio.file.Path;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** The job's context, with the script's own deadline: no helper works on beyond it. */
record TimedContext(JobContext job, Instant deadline) implements JobContext {
  @Override
  public SecretLookup resolve(VaultReference reference, SecretTarget target) {
    return job.resolve(reference, target);
  }

  @Override
  public void conceal(Secret derived) {
    job.conceal(derived);
  }

  @Override
  public String redacted(String text) {
    return job.redacted(text);
  }

  @Override
  public JsonNode redacted(JsonNode json) {
    return job.redacted(json);
  }

  @Override
  public void log(LogStream stream, byte[] bytes, int offset, int length) {
    job.log(stream, bytes, offset, length);
  }

  @Override
  public void log(String line) {
    job.log(line);
  }

  @Override
  public void progress(int percent, String message) {
    job.progress(percent, message);
  }

  @Override
  public Cancellation cancellation() {
    return job.cancellation();
  }

  @Override
  public Path workingFolder() {
    return job.workingFolder();
  }
}
