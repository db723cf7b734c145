package dev.muster.server.configuration;

import dev.muster.domain.credential.MasterKeys;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Where a new master key comes from. */
final class MasterKeyRandomness {
  private final SecureRandom random = new SecureRandom();

  String nextHex() {
    byte[] key = new byte[MasterKeys.KEY_BYTES];
    random.nextBytes(key);
    return HexFormat.of().formatHex(key);
  }
}
