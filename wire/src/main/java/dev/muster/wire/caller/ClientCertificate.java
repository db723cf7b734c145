package dev.muster.wire.caller;

import dev.muster.domain.credential.CertificateFingerprint;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds which certificate a caller showed to the proxy before the server, which checked it.
 *
 * <p>From a proxy that has shown the secret: its fingerprint ({@code X-Client-Cert-Fingerprint}),
 * or itself, as URL-escaped PEM ({@code X-Client-Cert}, as nginx writes it) or as RFC 9440 has it
 * ({@code Client-Cert}). Of a certificate the bytes are hashed and nothing in it is read. From
 * anybody else nothing is looked at. Headers that are malformed or disagree say nothing.
 */
public final class ClientCertificate {
  private static final String FINGERPRINT = "X-Client-Cert-Fingerprint";
  private static final String ESCAPED_PEM = "X-Client-Cert";
  private static final String RFC_9440 = "Client-Cert";

  /** Certificates of clients have one to four kilobytes; escaping makes a third more of them. */
  private static final int MAX_LENGTH = 12 * 1024;

  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----\\s*");
  private static final Pattern BYTE_SEQUENCE = Pattern.compile("\\s*:([A-Za-z0-9+/=]+):\\s*");

  private final Proxies proxies;

  /** Behind these proxies. */
  public ClientCertificate(Proxies proxies) {
    this.proxies = proxies;
  }

  /**
   * The fingerprint, or null where nobody who is believed tells one.
   *
   * @param socket the address of the connection
   */
  public @Nullable CertificateFingerprint of(Headers headers, String socket) {
    if (!proxies.vouches(socket, headers)) {
      return null;
    }
    List<Optional<CertificateFingerprint>> told = new ArrayList<>();
    headers.all(FINGERPRINT).forEach(value -> told.add(CertificateFingerprint.parse(value)));
    headers.all(ESCAPED_PEM).forEach(value -> told.add(ofEscapedPem(value)));
    headers.all(RFC_9440).forEach(value -> told.add(ofByteSequence(value)));
    List<Optional<CertificateFingerprint>> different = told.stream().distinct().toList();
    return different.size() == 1 ? different.getFirst().orElse(null) : null;
  }

  private static Optional<CertificateFingerprint> ofEscapedPem(String value) {
    return unescaped(value).flatMap(text -> ofBase64(PEM.matcher(text)));
  }

  private static Optional<CertificateFingerprint> ofByteSequence(String value) {
    return value.length() > MAX_LENGTH ? Optional.empty() : ofBase64(BYTE_SEQUENCE.matcher(value));
  }

  private static Optional<CertificateFingerprint> ofBase64(Matcher form) {
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      byte[] der = Base64.getDecoder().decode(form.group(1).replaceAll("\\s", ""));
      return der.length == 0 ? Optional.empty() : Optional.of(CertificateFingerprint.of(der));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** Percent signs only: a plus is one of base64's digits, which some proxies leave as it is. */
  private static Optional<String> unescaped(String value) {
    if (value.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    var text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '%') {
        text.append(c);
        continue;
      }
      int high = i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(value.charAt(i + 2), 16);
      if (low < 0) {
        return Optional.empty();
      }
      text.append((char) (high * 16 + low));
      i += 2;
    }
    return Optional.of(text.toString());
  }
}
