package dev.muster.domain.credential;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The form of a bootstrap token: an id of six characters, a dot, and sixteen that are secret. */
public final class BootstrapTokenText {
  private static final int ID_LENGTH = 6;
  private static final int SECRET_LENGTH = 16;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final Pattern FORM = Pattern.compile("[a-z0-9]{6}\\.[a-z0-9]{16}");

  private BootstrapTokenText() {}

  /** Makes a token from a cryptographic source; 16 characters carry 82 random bits. */
  public static Secret make(RandomGenerator random) {
    return Secret.of(characters(random, ID_LENGTH) + "." + characters(random, SECRET_LENGTH));
  }

  /** The id in front of the dot, or empty where the form is not that of a bootstrap token. */
  public static Optional<String> idOf(Secret token) {
    return FORM.matcher(token.reveal()).matches()
        ? Optional.of(token.reveal().substring(0, ID_LENGTH))
        : Optional.empty();
  }

  private static String characters(RandomGenerator random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
