package dev.muster.agent.network;

import dev.muster.agent.journal.Journal;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client with the agent's certificate as it is in its files now. When they change, a new client
 * takes the place of the one before: connections and TLS sessions of the old certificate are not
 * used again, and what is under way on them comes to its end. While the files cannot be used, as
 * between the replacement of the one and of the other, the client before goes on. Thread-safe.
 */
final class RenewedClients implements Supplier<HttpClient> {
  private static final Journal JOURNAL = Journal.of("network");

  private final ClientFiles files;
  private final Making making;
  private Map<Path, Object> stamp;
  private HttpClient current;
  private @Nullable HttpClient before;

  /** Makes a client that shows a certificate. */
  interface Making {
    HttpClient with(ClientCertificate certificate) throws CertificateRefusedException;
  }

  RenewedClients(ClientFiles files, Making making) throws CertificateRefusedException {
    this.files = files;
    this.making = making;
    this.stamp = files.stamp();
    this.current = making.with(ClientCertificate.read(files));
  }

  @Override
  public synchronized HttpClient get() {
    Map<Path, Object> now = files.stamp();
    if (!now.equals(stamp)) {
      stamp = now;
      renew();
    }
    return current;
  }

  private void renew() {
    try {
      ClientCertificate certificate = ClientCertificate.read(files);
      HttpClient renewed = making.with(certificate);
      if (before != null) {
        before.shutdownNow();
      }
      before = current;
      before.shutdown();
      current = renewed;
      JOURNAL.info("client_certificate_renewed", "until", certificate.until());
    } catch (CertificateRefusedException refused) {
      JOURNAL.error(
          "client_certificate_refused",
          "file",
          refused.isOfKey() ? files.key() : files.certificate(),
          "reason",
          String.valueOf(refused.getMessage()));
    }
  }
}
