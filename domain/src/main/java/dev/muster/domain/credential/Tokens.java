package dev.muster.domain.credential;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The form of tokens: prefix, 43 base62 characters for 256 random bits, and the CRC-32 of all that
 * in six more. The checksum tells a typing error from a wrong token without a database; it proves
 * nothing.
 */
public final class Tokens {
  /** How many random bytes a token is made of. */
  public static final int RANDOM_BYTES = 32;

  private static final int BODY = 43;
  private static final int CHECKSUM = 6;
  private static final String COMMON_PREFIX = "mst_";

  private Tokens() {}

  /** Makes a token of {@value #RANDOM_BYTES} random bytes. */
  public static Secret make(TokenKind kind, byte[] random) {
    if (random.length != RANDOM_BYTES) {
      throw new IllegalArgumentException("a token takes " + RANDOM_BYTES + " random bytes");
    }
    String start = kind.prefix() + Base62.encode(new BigInteger(1, random), BODY);
    return Secret.of(start + checksum(start));
  }

  /** Whether a text claims to be one of Muster's tokens and so must carry a right checksum. */
  public static boolean claimsToBeOne(Secret token) {
    return token.reveal().startsWith(COMMON_PREFIX);
  }

  /** The kind of a token whose form and checksum are right; empty for everything else. */
  public static Optional<TokenKind> kindOf(Secret token) {
    for (TokenKind kind : TokenKind.values()) {
      if (token.reveal().startsWith(kind.prefix())) {
        return hasForm(token.reveal(), kind) ? Optional.of(kind) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean hasForm(String token, TokenKind kind) {
    int checked = kind.prefix().length() + BODY;
    return token.length() == checked + CHECKSUM
        && Base62.isDigits(token.substring(kind.prefix().length()))
        && token.substring(checked).equals(checksum(token.substring(0, checked)));
  }

  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return Base62.encode(BigInteger.valueOf(crc.getValue()), CHECKSUM);
  }
}
