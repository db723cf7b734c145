package dev.muster.agent.network;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Why TLS was not agreed upon, as far as Java lets it be known. */
final class TlsFailure {
  private static final Pattern ALERT = Pattern.compile("Received fatal alert: ([a-z_]{1,40})");
  private static final String TRUST =
      "the server's certificate is of an authority that is not trusted here; a private one goes into"
          + " tls.ca-file";

  private TlsFailure() {}

  /** What to do about it; empty where it is no failure of TLS, or nothing is known of it. */
  static Optional<String> describe(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable each = failure; each != null && causes.size() < 20; each = each.getCause()) {
      causes.add(each);
    }
    if (causes.stream().noneMatch(SSLException.class::isInstance)) {
      return Optional.empty();
    }
    // The deepest cause says most: a certificate that has ended fails the whole path, too.
    return causes.reversed().stream()
        .map(TlsFailure::meaning)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> meaning(Throwable cause) {
    return switch (cause) {
      case CertificateExpiredException _ -> Optional.of("the server's certificate has ended");
      case CertificateNotYetValidException _ ->
          Optional.of("the server's certificate is not valid yet: is this host's clock right?");
      case CertPathBuilderException _ -> Optional.of(TRUST);
      case CertPathValidatorException _ -> Optional.of(TRUST);
      default -> said(String.valueOf(cause.getMessage()));
    };
  }

  private static Optional<String> said(String message) {
    if (message.contains("No name matching") || message.contains("No subject alternative")) {
      return Optional.of("the server's certificate is for another name");
    }
    if (message.contains("protocol version") || message.contains("protocol_version")) {
      return Optional.of(
          "the server offers neither TLS 1.2 nor TLS 1.3, and older ones are not used");
    }
    if (message.contains("terminated the handshake")) {
      return Optional.of(
          "the connection was ended in the handshake: something on the way cut it, or the server"
              + " asks for a client certificate (tls.client-cert)");
    }
    Matcher alert = ALERT.matcher(message);
    return alert.find() ? Optional.of(alert(alert.group(1))) : Optional.empty();
  }

  private static String alert(String name) {
    return switch (name) {
      case "certificate_required" -> "the server asks for a client certificate: tls.client-cert";
      case "handshake_failure" ->
          "the server ended the handshake (handshake_failure): nothing in common, or it asks for a"
              + " client certificate (tls.client-cert)";
      case "bad_certificate",
          "certificate_expired",
          "certificate_revoked",
          "certificate_unknown",
          "unknown_ca",
          "unsupported_certificate",
          "access_denied" ->
          "the server does not accept this agent's certificate (" + name + "): tls.client-cert";
      default -> "the server ended the handshake (" + name + ")";
    };
  }
}
