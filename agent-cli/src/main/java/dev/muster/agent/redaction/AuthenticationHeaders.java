package dev.muster.agent.redaction;

import java.util.Locale;
import java.util.Set;

/** The headers whose values are credentials whatever they hold. */
public final class AuthenticationHeaders {
  static final Set<String> NAMES =
      Set.of(
          "authorization",
          "proxy-authorization",
          "authentication-info",
          "cookie",
          "set-cookie",
          "set-cookie2",
          "api-key",
          "apikey",
          "x-api-key",
          "x-auth-token",
          "x-access-token",
          "x-amz-security-token",
          "x-csrf-token",
          "x-functions-key",
          "x-goog-api-key",
          "x-vault-token",
          "private-token",
          "ocp-apim-subscription-key");

  private AuthenticationHeaders() {}

  /** Whether a header's value is a credential. */
  public static boolean contains(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT));
  }
}
