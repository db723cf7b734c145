package dev.muster.application.access;

import dev.muster.domain.credential.Secret;
import java.util.List;

/**
 * What is asked of a caller besides the credential.
 *
 * @param requestsPerMinute how often it may call
 * @param certificates fingerprints of which it must show one; empty where none is asked for
 * @param requireSignature whether every request must be signed
 * @param signingSecrets what it may sign with now, the newest first
 */
record CallerRules(
    int requestsPerMinute,
    List<String> certificates,
    boolean requireSignature,
    List<SigningSecret> signingSecrets) {
  /** A secret, and which of the agent's it is. */
  record SigningSecret(int version, Secret secret) {}

  CallerRules {
    certificates = List.copyOf(certificates);
    signingSecrets = List.copyOf(signingSecrets);
  }
}
