package dev.muster.domain.vault;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The name of a secret in an agent's own vault, {@code vault://local/<path>/<key>[/v<n>]}.
 * Immutable.
 *
 * @param path one or more segments joined by {@code /}
 * @param key the last segment before the version
 * @param version the version from 1 on; empty for the newest
 */
public record VaultReference(String path, String key, OptionalInt version) {
  /** What every reference begins with. */
  public static final String PREFIX = "vault://local/";

  /** The longest reference that is accepted, in characters. */
  public static final int MAX_LENGTH = 512;

  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
  private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]{0,8}");
  private static final Pattern LOOKS_LIKE_VERSION = Pattern.compile("v[0-9]+");

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if they do not make a reference
   */
  public VaultReference {
    if (!isPath(path) || !isKey(key) || version.orElse(1) < 1) {
      throw new IllegalArgumentException("not a vault reference");
    }
  }

  /** Reads a reference; empty if the text is not exactly one. */
  public static Optional<VaultReference> parse(String text) {
    if (!text.startsWith(PREFIX) || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String name = text.substring(PREFIX.length());
    OptionalInt version = OptionalInt.empty();
    int last = name.lastIndexOf('/');
    if (last > 0 && VERSION.matcher(name.substring(last + 1)).matches()) {
      version = OptionalInt.of(Integer.parseInt(name.substring(last + 2)));
      name = name.substring(0, last);
    }
    int split = name.lastIndexOf('/');
    if (split <= 0 || !isPath(name.substring(0, split)) || !isKey(name.substring(split + 1))) {
      return Optional.empty();
    }
    return Optional.of(
        new VaultReference(name.substring(0, split), name.substring(split + 1), version));
  }

  /** The name of the entry, without the version: {@code <path>/<key>}. */
  public String name() {
    return path + "/" + key;
  }

  /** The reference as it is written in a payload. */
  @Override
  public String toString() {
    return PREFIX + name() + (version.isPresent() ? "/v" + version.getAsInt() : "");
  }

  private static boolean isPath(String path) {
    for (String segment : path.split("/", -1)) {
      if (!SEGMENT.matcher(segment).matches()) {
        return false;
      }
    }
    return true;
  }

  // A key that looks like a version would make the reference ambiguous.
  private static boolean isKey(String key) {
    return SEGMENT.matcher(key).matches() && !LOOKS_LIKE_VERSION.matcher(key).matches();
  }
}
