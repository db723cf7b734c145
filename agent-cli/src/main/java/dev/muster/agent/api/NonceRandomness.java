package dev.muster.agent.api;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** Nonces for signatures: 16 random bytes as 22 characters of base64url. Thread-safe. */
public final class NonceRandomness implements Supplier<String> {
  private static final int BYTES = 16;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String get() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
