package dev.muster.domain.update;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A version of the agent that can be offered.
 *
 * @param sequence orders releases, whatever their versions are called; at least 1
 * @param floor the lowest sequence that may be installed once this release is; at most the sequence
 * @param version what people call it: 1 to 64 printable ASCII characters without spaces
 * @param leastJava the Java version that it needs at least, such as 25
 * @param length of the artifact, in bytes
 * @param sha256 of the artifact, 64 lower-case hex digits
 */
public record Release(
    long sequence, long floor, String version, int leastJava, long length, String sha256) {
  /** The longest artifact. */
  public static final long MOST_BYTES = 256L * 1024 * 1024;

  private static final String PURPOSE = "muster-release-v1";
  private static final Pattern VERSION = Pattern.compile("[\\x21-\\x7e]{1,64}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** Checks that each field is one, so that no text of it can be read in two ways. */
  public Release {
    require(sequence >= 1, "sequence");
    require(floor >= 0 && floor <= sequence, "floor");
    require(VERSION.matcher(version).matches(), "version");
    require(leastJava >= 1 && leastJava <= 999, "least Java version");
    require(length >= 1 && length <= MOST_BYTES, "length");
    require(HASH.matcher(sha256).matches(), "SHA-256");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("not the " + what + " of a release");
    }
  }

  /** What the publisher signs, away from any server. */
  public byte[] publishedText() {
    String text =
        String.join(
            "\n",
            PURPOSE,
            Long.toString(sequence),
            Long.toString(floor),
            version,
            Integer.toString(leastJava),
            Long.toString(length),
            sha256);
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
