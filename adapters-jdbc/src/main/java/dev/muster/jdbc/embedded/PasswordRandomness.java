package dev.muster.jdbc.embedded;

import java.security.SecureRandom;
import java.util.Base64;

/** Where the passwords of the database's logins come from. */
final class PasswordRandomness {
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();

  /** A password of 256 random bits, in characters that need quoting nowhere. */
  String nextPassword() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
