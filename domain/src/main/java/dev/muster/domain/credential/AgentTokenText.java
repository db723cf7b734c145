package dev.muster.domain.credential;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** The form of a tenant's agent token: {@code agent_} and 64 hex digits. */
public final class AgentTokenText {
  /** How many random bytes a token is made of. */
  public static final int RANDOM_BYTES = 32;

  private static final String PREFIX = "agent_";
  private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{64}");
  private static final int SHOWN = PREFIX.length() + 4;

  private AgentTokenText() {}

  /** Makes a token of {@value #RANDOM_BYTES} random bytes. */
  public static Secret make(byte[] random) {
    if (random.length != RANDOM_BYTES) {
      throw new IllegalArgumentException("a token takes " + RANDOM_BYTES + " random bytes");
    }
    return Secret.of(PREFIX + HexFormat.of().formatHex(random));
  }

  /** Whether a text has the form; whether it is anybody's is another question. */
  public static boolean isOne(Secret token) {
    return FORM.matcher(token.reveal()).matches();
  }

  /** What may be shown of a token. */
  public static String prefixOf(Secret token) {
    return token.reveal().substring(0, SHOWN);
  }
}
