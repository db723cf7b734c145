package dev.muster.agent.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a private key in PEM (PKCS#8, RFC 7468) that nobody else can read. */
final class PrivateKeyFile {
  private static final int MOST_BYTES = 64 * 1024;
  private static final int ROOT = 0;
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ((?:[A-Z]+ )*)PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END (?:[A-Z]+ )*PRIVATE KEY-----");

  private PrivateKeyFile() {}

  /**
   * Reads the key.
   *
   * @param algorithm of the certificate that it should belong to
   */
  static PrivateKey read(Path file, String algorithm) throws CertificateRefusedException {
    try {
      refuseOthers(file);
      return parse(content(file), algorithm);
    } catch (IOException unreadable) {
      throw refused(file + " cannot be read: " + unreadable.getClass().getSimpleName());
    }
  }

  /** The agent's own with 0600, or root's, whose group may read: else the agent could not. */
  private static void refuseOthers(Path file) throws IOException, CertificateRefusedException {
    Map<String, Object> attributes = Files.readAttributes(file, "unix:mode,uid");
    Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Object owner = attributes.get("uid");
    boolean isRoots = Integer.valueOf(ROOT).equals(owner) && !Integer.valueOf(ROOT).equals(self);
    if (!isRoots && !self.equals(owner)) {
      throw refused(file + " belongs to another user: run chown " + self + " " + file);
    }
    int allowed = isRoots ? 0640 : 0600;
    int mode = attributes.get("mode") instanceof Integer bits ? bits & 0777 : 0777;
    if ((mode & ~allowed) != 0) {
      String right = Integer.toOctalString(allowed);
      throw refused(
          "%s has mode 0%s: run chmod %s %s"
              .formatted(file, Integer.toOctalString(mode), right, file));
    }
  }

  private static byte[] content(Path file) throws IOException, CertificateRefusedException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw refused(file + " is larger than " + MOST_BYTES + " bytes");
      }
      return content;
    }
  }

  private static PrivateKey parse(byte[] content, String algorithm)
      throws CertificateRefusedException {
    Matcher block = BLOCK.matcher(new String(content, StandardCharsets.US_ASCII));
    if (!block.find()) {
      throw refused("holds no private key in PEM");
    }
    if (!block.group(1).isEmpty()) {
      throw refused(
          "must be PKCS#8 without a pass phrase (BEGIN PRIVATE KEY):"
              + " openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key");
    }
    byte[] der = null;
    try {
      der = Base64.getMimeDecoder().decode(block.group(2));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException | IllegalArgumentException other) {
      throw refused("is damaged, or no key of the certificate's kind (" + algorithm + ")");
    } finally {
      Arrays.fill(content, (byte) 0);
      if (der != null) {
        Arrays.fill(der, (byte) 0);
      }
    }
  }

  private static CertificateRefusedException refused(String message) {
    return new CertificateRefusedException(true, message);
  }
}
