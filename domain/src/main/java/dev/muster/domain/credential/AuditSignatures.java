package dev.muster.domain.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs how far audit logs reach: HMAC-SHA256 under a key derived from a master key, written as
 * {@code id:hex} with the master key's id. Who has the database and not the master key can make
 * none. Thread-safe.
 */
public final class AuditSignatures {
  private static final byte[] SALT = "muster".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PURPOSE = new LengthPrefixed().add("audit head").toBytes();
  private static final Pattern FORM = Pattern.compile("([0-9]{1,10}):([0-9a-f]{64})");

  private final MasterKeys keys;

  /** What a signature is worth. */
  public enum Verdict {
    /** It is ours. */
    GOOD,
    /** It is not. */
    WRONG,
    /** It names a master key that was not given. */
    UNKNOWN_KEY
  }

  /** Signs under the current one of {@code keys}, checks under all of them. */
  public AuditSignatures(MasterKeys keys) {
    this.keys = keys;
  }

  /** The signature of a message, which must name its purpose. */
  public String sign(byte[] message) {
    long id = keys.currentId();
    return id + ":" + HexFormat.of().formatHex(code(id, message).orElseThrow());
  }

  /** Whether a signature is of this message, in time that does not depend on where it differs. */
  public Verdict check(byte[] message, String signature) {
    Matcher form = FORM.matcher(signature);
    if (!form.matches()) {
      return Verdict.WRONG;
    }
    byte[] shown = HexFormat.of().parseHex(form.group(2));
    return code(Long.parseLong(form.group(1)), message)
        .map(code -> MessageDigest.isEqual(code, shown) ? Verdict.GOOD : Verdict.WRONG)
        .orElse(Verdict.UNKNOWN_KEY);
  }

  /** Whether a signature should be made anew, because its key is not the current one. */
  public boolean isOutdated(String signature) {
    return !signature.startsWith(keys.currentId() + ":");
  }

  private Optional<byte[]> code(long id, byte[] message) {
    return keys.derive(id, SALT, PURPOSE).map(key -> HmacSha256.of(key, message));
  }
}
