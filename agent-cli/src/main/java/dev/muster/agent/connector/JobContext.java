package dev.muster.agent.connector;

import dev.muster.agent.vault.SecretLookup;
import dev.muster.agent.vault.SecretTarget;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.vault.VaultReference;
import java.nio.file.Path;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * What a connector has while it runs one job. What it logs is redacted here. Safe for use by
 * several threads.
 */
public interface JobContext {
  /** Resolves a secret that is about to go to the target, and only there. */
  SecretLookup resolve(VaultReference reference, SecretTarget target);

  /** Has a value redacted that was derived from secrets, such as an authentication header. */
  void conceal(Secret derived);

  /**
   * The text, redacted. Only needed before a text is cut: half of a secret is not recognised any
   * more.
   */
  String redacted(String text);

  /** The JSON, redacted. Only needed before it is shown to what could turn a value around. */
  JsonNode redacted(JsonNode json);

  /** Takes a piece of output; lines are made from the pieces of one stream. */
  void log(LogStream stream, byte[] bytes, int offset, int length);

  /** Logs one line of the agent's own. */
  void log(String line);

  /**
   * How far the job is.
   *
   * @param percent 0 to 100
   */
  void progress(int percent, String message);

  /** The signal to stop. */
  Cancellation cancellation();

  /** A folder for this job alone, mode 0700, removed after it. */
  Path workingFolder();

  /** When the job's time is up; the connector stops its work by then. */
  Instant deadline();
}
