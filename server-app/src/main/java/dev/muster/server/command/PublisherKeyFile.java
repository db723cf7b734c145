package dev.muster.server.command;

import dev.muster.domain.update.Release;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Set;

/** The secret half of a publisher's key: Ed25519, PKCS #8 in PEM, as openssl writes it. */
final class PublisherKeyFile {
  private static final String ALGORITHM = "Ed25519";
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final int RAW_BYTES = 32;
  private static final int MOST_BYTES = 4096;

  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private final PrivateKey secret;
  private final String publicHex;

  private PublisherKeyFile(PrivateKey secret, String publicHex) {
    this.secret = secret;
    this.publicHex = publicHex;
  }

  /** Makes a key and writes it into a file that must not be there yet. */
  static PublisherKeyFile make(Path file) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      String body =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
              .encodeToString(pair.getPrivate().getEncoded());
      write(file, BEGIN + "\n" + body + "\n" + END + "\n");
      byte[] encoded = pair.getPublic().getEncoded();
      byte[] raw = Arrays.copyOfRange(encoded, encoded.length - RAW_BYTES, encoded.length);
      return new PublisherKeyFile(pair.getPrivate(), HexFormat.of().formatHex(raw));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Java 25 has Ed25519", impossible);
    } catch (IOException failure) {
      throw new CommandFailedException(
          ExitCode.FAILED, file + " cannot be made: is it there already?");
    }
  }

  private static void write(Path file, String text) throws IOException {
    var open = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (FileChannel channel = FileChannel.open(file, open, ownerOnly)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** Reads a key; of what stands in the file nothing is repeated. */
  static PublisherKeyFile read(Path file) {
    try {
      if (!Collections.disjoint(Files.getPosixFilePermissions(file), OF_OTHERS)) {
        throw new CommandFailedException(
            ExitCode.FAILED, file + " can be read by others; take that away with: chmod 600");
      }
      if (Files.size(file) > MOST_BYTES) {
        throw notOne(file);
      }
      String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
      if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
        throw notOne(file);
      }
      String body = text.substring(BEGIN.length(), text.length() - END.length());
      byte[] encoded = Base64.getMimeDecoder().decode(body.strip());
      PrivateKey key =
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new PublisherKeyFile(key, "");
    } catch (IOException failure) {
      throw new CommandFailedException(ExitCode.FAILED, file + " cannot be read");
    } catch (GeneralSecurityException | IllegalArgumentException none) {
      throw notOne(file);
    }
  }

  private static CommandFailedException notOne(Path file) {
    return new CommandFailedException(
        ExitCode.FAILED, file + " holds no Ed25519 key; make one with: release keygen");
  }

  /** 64 hex digits; only of a key that was just made. */
  String publicHex() {
    return publicHex;
  }

  /** The signature of a release, 128 hex digits. */
  String sign(Release release) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(release.publishedText());
      return HexFormat.of().formatHex(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a key that was read can sign", impossible);
    }
  }
}
