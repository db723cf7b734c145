package dev.muster.server.configuration;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.credential.Tokens;
import java.util.regex.Pattern;

/** What secrets must look like to be of use; a refusal says nothing of what was given. */
final class SecretForms {
  private static final int SHORTEST_ADMIN_TOKEN = 32;
  private static final int SHORTEST_SHARED_SECRET = 16;

  /** Callers may show no longer ones. */
  private static final int LONGEST = 512;

  /** What a header can carry without quoting. */
  private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]*");

  private SecretForms() {}

  /** A token that somebody will send in the Authorization header. */
  static Secret adminToken(String text) {
    Secret token = sent(SHORTEST_ADMIN_TOKEN, text);
    boolean isUserToken = Tokens.kindOf(token).filter(TokenKind.USER::equals).isPresent();
    if (Tokens.claimsToBeOne(token) && !isUserToken) {
      throw new IllegalArgumentException(
          "begins like a token of Muster's, but is not a whole user token; check for a typing error");
    }
    return token;
  }

  /** A secret that two programs share and one sends in a header. */
  static Secret sharedSecret(String text) {
    return sent(SHORTEST_SHARED_SECRET, text);
  }

  private static Secret sent(int shortest, String text) {
    if (text.length() < shortest || text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "must have from " + shortest + " to " + LONGEST + " characters");
    }
    if (!PRINTABLE.matcher(text).matches()) {
      throw new IllegalArgumentException("must be printable ASCII characters without spaces");
    }
    return Secret.of(text);
  }
}
