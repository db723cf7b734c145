package dev.muster.tracing;

import dev.muster.domain.credential.Secret;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the settings of tracing are written, in the words of OpenTelemetry. What has another form is
 * refused with an {@link IllegalArgumentException} whose message shows nothing of it.
 */
public final class TracingForms {
  /** Where a collector on this host listens. */
  public static final String USUAL_ENDPOINT = "http://localhost:4318";

  private static final int MOST_ENTRIES = 64;
  private static final int LONGEST = 1_024;
  private static final Pattern RATIO = Pattern.compile("0(\\.[0-9]{1,9})?|1(\\.0{1,9})?");
  private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e&&[^=,;\"]]{1,128}");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");
  private static final Pattern NO_CONTROL = Pattern.compile("[^\\p{Cc}\\ufffd]*");
  private static final Pattern SERVICE = Pattern.compile("[^\\p{Cc}]{1,128}");

  /** What the connection itself says. */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private TracingForms() {}

  /** The address that traces are posted to, from that of a collector. */
  public static URI endpoint(String text) {
    try {
      URI url = new URI(text);
      boolean known = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean bare =
          url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
      if (known && bare && url.getHost() != null && url.getPort() <= 65_535) {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String folder = path.endsWith("/") ? path : path + "/";
        return new URI(url.getScheme() + "://" + url.getRawAuthority() + folder + "v1/traces");
      }
    } catch (URISyntaxException notAUrl) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "must be the address of a collector, such as https://collector.example.com:4318");
  }

  /** The only way of sending that there is. */
  public static String protocol(String text) {
    if (!text.equals("http/protobuf")) {
      throw new IllegalArgumentException("must be http/protobuf, nothing else is spoken");
    }
    return text;
  }

  /** A part of the whole. */
  public static double ratio(String text) {
    if (!RATIO.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a number from 0 to 1, such as 0.25");
    }
    return Double.parseDouble(text);
  }

  /** What a program is called. */
  public static String serviceName(String text) {
    if (!SERVICE.matcher(text).matches()) {
      throw new IllegalArgumentException("must have from 1 to 128 characters, none of control");
    }
    return text;
  }

  /** {@code key=value,key=value}, with {@code %XX} in values. */
  public static Map<String, String> attributes(String text) {
    return entries(text, NAME, NO_CONTROL);
  }

  /** Headers in the same form; their names in lower case. */
  public static Map<String, Secret> headers(String text) {
    Map<String, Secret> headers = new LinkedHashMap<>();
    entries(text, TOKEN, HEADER_VALUE)
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), Secret.of(value)));
    if (headers.keySet().stream().anyMatch(OWN::contains)) {
      throw new IllegalArgumentException("has a header that the connection sets itself");
    }
    return headers;
  }

  /** Headers let their reader in somewhere, so they may not be read on the way. */
  public static void refuseHeadersInTheClear(URI endpoint, Map<String, Secret> headers) {
    boolean local =
        Set.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(endpoint.getHost()));
    if (!headers.isEmpty() && "http".equals(endpoint.getScheme()) && !local) {
      throw new IllegalArgumentException(
          "would be sent over plain http: give the collector an https address, or leave them out");
    }
  }

  private static Map<String, String> entries(String text, Pattern name, Pattern value) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      String key = equals < 0 ? "" : part.substring(0, equals).strip();
      String decoded = equals < 0 ? "" : decoded(part.substring(equals + 1).strip());
      boolean fits =
          name.matcher(key).matches()
              && value.matcher(decoded).matches()
              && decoded.length() <= LONGEST;
      if (!fits || entries.put(key, decoded) != null || entries.size() > MOST_ENTRIES) {
        throw new IllegalArgumentException(
            "must be key=value,key=value, each key once, with %XX for a comma or what is no ASCII");
      }
    }
    return entries;
  }

  /** Only {@code %XX} is special; what is no UTF-8 becomes U+FFFD. */
  private static String decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
      if (low >= 0) {
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.write(raw[i]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
