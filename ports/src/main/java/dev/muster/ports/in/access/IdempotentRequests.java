package dev.muster.ports.in.access;

import dev.muster.ports.Outcome;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests that may be sent again: the same key and body within 24 hours answers as the first did.
 */
public interface IdempotentRequests {
  /**
   * Does the work once. It runs in one transaction with the record of its answer; of two that come
   * at the same time the second waits for the first. An answer with a status of 400 or more is not
   * recorded and undoes what was done.
   *
   * @param key chosen by the caller, 1 to 255 visible ASCII characters; counts per caller
   * @param fingerprint SHA-256 of what was asked; another one under the same key is refused with
   *     {@code idempotency_key_reused}
   */
  Outcome<Answer> once(Caller caller, String key, byte[] fingerprint, Supplier<Answer> work);

  /**
   * An answer as it goes out.
   *
   * @param location the value of the Location header, or null
   * @param body the whole body, with secrets
   * @param replayBody what a repetition is answered with: without secrets that are shown once
   * @param replayed whether this is a repetition, in which case {@code body} is the recorded one
   */
  record Answer(
      int status, @Nullable String location, String body, String replayBody, boolean replayed) {
    @Override
    public String toString() {
      return "Answer[status=" + status + ", replayed=" + replayed + "]";
    }
  }
}
