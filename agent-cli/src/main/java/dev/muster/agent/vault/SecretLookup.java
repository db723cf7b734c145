package dev.muster.agent.vault;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.vault.VaultReference;

/** What the vault answers to a reference. */
public sealed interface SecretLookup {
  /** The secret, for that one target. */
  record Found(Secret secret) implements SecretLookup {}

  /** There is no such entry, or not in that version: error class {@code secret_not_found}. */
  record NotFound(VaultReference reference) implements SecretLookup {}

  /**
   * The entry may not go there: error class {@code secret_not_allowed_for_target}.
   *
   * @param reason why; holds no secret
   */
  record NotAllowed(VaultReference reference, String reason) implements SecretLookup {}

  /**
   * The vault cannot be used at the moment: error class {@code vault_unavailable}.
   *
   * @param reason what the host's operator should do; holds no secret
   */
  record Unavailable(String reason) implements SecretLookup {}
}
