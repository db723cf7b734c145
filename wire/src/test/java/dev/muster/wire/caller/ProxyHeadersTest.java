package dev.muster.wire.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.domain.credential.Secret;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed of headers that only a proxy should send. */
class ProxyHeadersTest {
  private static final String PROXY = "10.0.0.1";
  private static final String SECRET = "the secret of the proxy";
  private static final Proxies OURS =
      new Proxies(
          1, address -> address.getHostAddress().equals(PROXY), Optional.of(Secret.of(SECRET)));
  private static final byte[] DER = "not really a certificate".getBytes(StandardCharsets.US_ASCII);
  private static final String BASE64 = Base64.getEncoder().encodeToString(DER);
  private static final CertificateFingerprint FINGERPRINT = CertificateFingerprint.of(DER);

  // ------------------------------------------------------------------------------- the address

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 203.0.113.9",
    "::ffff:10.0.0.1, 203.0.113.9",
    "[::ffff:10.0.0.1], 203.0.113.9",
    "10.0.0.2, 10.0.0.2",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "[0:0:0:0:0:0:0:1], 0:0:0:0:0:0:0:1",
    "fe80::1%eth0, fe80:0:0:0:0:0:0:1"
  })
  void only_a_trusted_proxy_says_for_whom_it_calls(String socket, String expected) {
    var headers = HeadersFake.of("X-Forwarded-For", "203.0.113.9");

    assertThat(new ClientAddress(OURS).of(headers, socket)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "::ffff:203.0.113.9 | 203.0.113.9",
        "[::ffff:203.0.113.9]:80 | 203.0.113.9",
        "fe80::1%25eth0 | fe80:0:0:0:0:0:0:1",
        "1 | 10.0.0.1",
        "10.1 | 10.0.0.1",
        "3405803785 | 10.0.0.1",
        "203.0.113.999 | 10.0.0.1",
        "0x7f.1 | 10.0.0.1",
        "for=203.0.113.9 | 10.0.0.1",
        "203.0.113.9 203.0.113.8 | 10.0.0.1",
        "203.0.113.9:port | 10.0.0.1",
        "[203.0.113.9 | 10.0.0.1",
      })
  void what_is_not_plainly_an_address_is_none(String forwarded, String expected) {
    var headers = HeadersFake.of("X-Forwarded-For", forwarded);

    assertThat(new ClientAddress(OURS).of(headers, PROXY)).isEqualTo(expected);
  }

  // --------------------------------------------------------------------------- the certificate

  @ParameterizedTest
  @ValueSource(strings = {"X-Client-Cert-Fingerprint", "X-Client-Cert", "Client-Cert"})
  void each_header_tells_which_certificate_it_was(String header) {
    assertThat(shown(PROXY, "X-Proxy-Secret", SECRET, header, value(header)))
        .isEqualTo(FINGERPRINT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Client-Cert-Fingerprint", "X-Client-Cert", "Client-Cert"})
  void nobody_but_a_trusted_proxy_with_the_secret_is_believed(String header) {
    String value = value(header);

    assertThat(shown("10.0.0.2", "X-Proxy-Secret", SECRET, header, value)).isNull();
    assertThat(shown(PROXY, header, value)).isNull();
    assertThat(shown(PROXY, "X-Proxy-Secret", "", header, value)).isNull();
    assertThat(shown(PROXY, "X-Proxy-Secret", SECRET + "x", header, value)).isNull();
    assertThat(shown(PROXY, "X-Proxy-Secret", SECRET, "X-Proxy-Secret", SECRET, header, value))
        .isNull();
    var without = new Proxies(1, OURS.addresses(), Optional.empty());
    var anybody = new Proxies(1, null, OURS.secret());
    var headers = HeadersFake.of("X-Proxy-Secret", SECRET, header, value);
    assertThat(new ClientCertificate(without).of(headers, PROXY)).isNull();
    assertThat(new ClientCertificate(anybody).of(headers, PROXY)).isNull();
    assertThat(new ClientCertificate(Proxies.NONE).of(headers, PROXY)).isNull();
  }

  @Test
  void headers_that_agree_are_believed_and_those_that_do_not_say_nothing() {
    assertThat(
            shown(
                PROXY,
                "X-Proxy-Secret",
                SECRET,
                "X-Client-Cert-Fingerprint",
                FINGERPRINT.value(),
                "X-Client-Cert",
                value("X-Client-Cert")))
        .isEqualTo(FINGERPRINT);
    assertThat(
            shown(
                PROXY,
                "X-Proxy-Secret",
                SECRET,
                "X-Client-Cert-Fingerprint",
                "ab".repeat(32),
                "X-Client-Cert",
                value("X-Client-Cert")))
        .isNull();
    assertThat(
            shown(
                PROXY,
                "X-Proxy-Secret",
                SECRET,
                "X-Client-Cert-Fingerprint",
                "nonsense",
                "X-Client-Cert",
                value("X-Client-Cert")))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "%",
        "%4",
        "%zz",
        "-----BEGIN CERTIFICATE-----%0A-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----%0Aa=b=%0A-----END CERTIFICATE-----",
        "-----BEGIN PRIVATE KEY-----%0AYWJj%0A-----END PRIVATE KEY-----"
      })
  void what_is_no_certificate_has_no_fingerprint(String escaped) {
    assertThat(shown(PROXY, "X-Proxy-Secret", SECRET, "X-Client-Cert", escaped)).isNull();
  }

  @Test
  void a_certificate_of_any_size_is_not_taken() {
    String huge = ":" + "YWJj".repeat(4 * 1024) + ":";

    assertThat(shown(PROXY, "X-Proxy-Secret", SECRET, "Client-Cert", huge)).isNull();
  }

  // ------------------------------------------------------------------------------------ nonsense

  /** Strangers' text of all kinds: it may say nothing, and nothing escapes. */
  @Test
  void a_hundred_thousand_odd_headers_do_no_harm() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    var address = new ClientAddress(OURS);
    var certificate = new ClientCertificate(OURS);
    for (int i = 0; i < 100_000; i++) {
      var headers =
          HeadersFake.of(
              "X-Forwarded-For",
              odd(random, "203.0.113.9, [2001:db8::1]:80"),
              "X-Proxy-Secret",
              SECRET,
              "X-Client-Cert",
              odd(random, value("X-Client-Cert")),
              "Client-Cert",
              odd(random, value("Client-Cert")),
              "X-Signature",
              odd(random, "ab".repeat(32)),
              "X-Signature-Nonce",
              odd(random, "A".repeat(22)),
              "X-Signature-Timestamp",
              odd(random, "1774746000"));

      assertThat(address.of(headers, PROXY)).matches("[0-9a-f.:]+");
      certificate.of(headers, PROXY);
      assertThat(SignatureHeaders.read(headers, "POST", "/x", () -> new byte[0])).isNotNull();
      PresentedReader.read(headers);
    }
  }

  @Test
  void of_a_hundred_thousand_odd_fingerprints_whole_ones_are_believed_and_no_others() {
    RandomGenerator random = new Random(13);
    var certificate = new ClientCertificate(OURS);
    int whole = 0;
    for (int i = 0; i < 100_000; i++) {
      String value = odd(random, FINGERPRINT.value());
      var headers = HeadersFake.of("X-Proxy-Secret", SECRET, "X-Client-Cert-Fingerprint", value);

      var found = certificate.of(headers, PROXY);

      assertThat(found == null ? null : found.value())
          .isEqualTo(value.matches("[0-9a-f]{64}") ? value : null);
      whole += found == null ? 0 : 1;
    }
    assertThat(whole).isBetween(1, 99_999);
  }

  private static String odd(RandomGenerator random, String good) {
    StringBuilder text = new StringBuilder(good);
    for (int changes = random.nextInt(6); changes > 0; changes--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.insert(at, ",:%[]-+=\n ".charAt(random.nextInt(10)));
        case 2 -> text.setLength(at + 1);
        default -> text.append(text, 0, at);
      }
    }
    return text.toString();
  }

  private static @Nullable CertificateFingerprint shown(String socket, String... headers) {
    return new ClientCertificate(OURS).of(HeadersFake.of(headers), socket);
  }

  private static String value(String header) {
    return switch (header) {
      case "X-Client-Cert-Fingerprint" -> FINGERPRINT.value();
      case "Client-Cert" -> ":" + BASE64 + ":";
      default ->
          "-----BEGIN%20CERTIFICATE-----%0A"
              + BASE64.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
              + "%0A-----END%20CERTIFICATE-----%0A";
    };
  }

  @Test
  void names_are_not_looked_up() {
    assertThat(AddressLiteral.parse("localhost")).isEmpty();
    assertThat(AddressLiteral.parse("127.0.0.1"))
        .map(InetAddress::isLoopbackAddress)
        .contains(true);
  }
}
