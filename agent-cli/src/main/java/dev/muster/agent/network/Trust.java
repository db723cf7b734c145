package dev.muster.agent.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom the agent believes: the usual authorities, and those that its operator names. */
public final class Trust {
  private Trust() {}

  /**
   * A TLS context that trusts them.
   *
   * @param caFile further certificates in PEM; null for none
   * @throws IOException if the file cannot be read
   * @throws GeneralSecurityException if it does not hold certificates
   */
  public static SSLContext context(@Nullable Path caFile)
      throws IOException, GeneralSecurityException {
    return context(caFile, null);
  }

  /** The same, for an agent that shows a certificate of its own to whoever asks. */
  static SSLContext context(@Nullable Path caFile, @Nullable ClientCertificate own)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager[] keys = own == null ? null : new KeyManager[] {new ShownCertificate(own)};
    context.init(keys, caFile == null ? null : managers(caFile), null);
    return context;
  }

  private static TrustManager[] managers(Path caFile) throws IOException, GeneralSecurityException {
    List<Certificate> trusted = new ArrayList<>(usual());
    trusted.addAll(read(caFile));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("authority-" + i, trusted.get(i));
    }
    return factory(store).getTrustManagers();
  }

  private static Collection<? extends Certificate> read(Path caFile)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(caFile)) {
      var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new GeneralSecurityException("no certificate in " + caFile);
      }
      return certificates;
    }
  }

  private static List<X509Certificate> usual() throws GeneralSecurityException {
    List<X509Certificate> usual = new ArrayList<>();
    for (TrustManager manager : factory(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager authorities) {
        usual.addAll(List.of(authorities.getAcceptedIssuers()));
      }
    }
    return usual;
  }

  private static TrustManagerFactory factory(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }
}
