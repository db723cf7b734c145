package dev.muster.agent.command;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What was agreed upon with the server, and how long its certificate lasts. */
final class TlsCheck {
  /** Time to renew a certificate without haste. */
  static final Duration SOON = Duration.ofDays(21);

  private TlsCheck() {}

  static Finding of(SSLSession session, Instant now) {
    String what = session.getProtocol() + ", " + session.getCipherSuite();
    Optional<Instant> end = endOfCertificate(session);
    if (end.isEmpty()) {
      return Finding.ok("tls", what);
    }
    String detail = what + ", certificate until " + end.get();
    return end.get().isBefore(now.plus(SOON))
        ? Finding.warning("tls", detail)
        : Finding.ok("tls", detail);
  }

  private static Optional<Instant> endOfCertificate(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate own
          ? Optional.of(own.getNotAfter().toInstant())
          : Optional.empty();
    } catch (SSLPeerUnverifiedException none) {
      return Optional.empty();
    }
  }
}
