package dev.muster.agent.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * With what the agent proves to a server's proxy who it is, beside its credential. Immutable; shows
 * its certificate's subject only.
 */
public final class ClientCertificate {
  private static final int MOST_BYTES = 1024 * 1024;

  private final List<X509Certificate> chain;
  private final PrivateKey key;

  private ClientCertificate(List<X509Certificate> chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  /**
   * Reads both files. One that has ended is read all the same: its time is the caller's to judge.
   */
  public static ClientCertificate read(ClientFiles files) throws CertificateRefusedException {
    List<X509Certificate> chain = chain(files.certificate());
    PublicKey own = chain.getFirst().getPublicKey();
    PrivateKey key = PrivateKeyFile.read(files.key(), own.getAlgorithm());
    if (!belong(own, key)) {
      throw new CertificateRefusedException(true, "is not the key of the certificate");
    }
    return new ClientCertificate(chain, key);
  }

  /** Whose it is. */
  public String subject() {
    return chain.getFirst().getSubjectX500Principal().getName();
  }

  /** From when on it is good. */
  public Instant from() {
    return chain.getFirst().getNotBefore().toInstant();
  }

  /** When it ends. */
  public Instant until() {
    return chain.getFirst().getNotAfter().toInstant();
  }

  X509Certificate[] chain() {
    return chain.toArray(X509Certificate[]::new);
  }

  PrivateKey key() {
    return key;
  }

  @Override
  public String toString() {
    return subject();
  }

  private static List<X509Certificate> chain(Path file) throws CertificateRefusedException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MOST_BYTES);
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw new CertificateRefusedException(false, "holds no certificate in PEM");
      }
      return chain;
    } catch (CertificateException damaged) {
      throw new CertificateRefusedException(false, "cannot be read as certificates in PEM");
    } catch (IOException unreadable) {
      throw new CertificateRefusedException(
          false, file + " cannot be read: " + unreadable.getClass().getSimpleName());
    }
  }

  /** Whether what the one signs the other finds right. */
  private static boolean belong(PublicKey own, PrivateKey key) {
    byte[] any = "whose key is it".getBytes(StandardCharsets.US_ASCII);
    String algorithm =
        switch (own.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> own.getAlgorithm();
        };
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(any);
      byte[] signed = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(own);
      verifying.update(any);
      return verifying.verify(signed);
    } catch (GeneralSecurityException notOfOneKind) {
      return false;
    }
  }
}
