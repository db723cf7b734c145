package dev.muster.agent.network;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An answer of somebody else's: a login page of the network's, a load balancer's, a proxy's. */
public final class Stranger {
  private static final Pattern TYPE = Pattern.compile("[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,40}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]{1,100}");

  private Stranger() {}

  /** What can be said of it; nothing of what it says itself but a media type and a host's name. */
  public static String describe(int status, HttpHeaders headers) {
    String said = "answered " + status + type(headers) + destination(headers);
    return said + ", but not by a Muster server" + hint(status, headers);
  }

  private static String type(HttpHeaders headers) {
    String type = mediaType(headers);
    return TYPE.matcher(type).matches() ? " with " + type : "";
  }

  private static String destination(HttpHeaders headers) {
    return headers
        .firstValue("Location")
        .flatMap(Stranger::host)
        .map(host -> ", sending on to " + host)
        .orElse("");
  }

  private static Optional<String> host(String location) {
    try {
      return Optional.ofNullable(URI.create(location).getHost())
          .filter(host -> HOST.matcher(host).matches());
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  private static String hint(int status, HttpHeaders headers) {
    if (status == 400) {
      return " (one before it may ask for a client certificate: tls.client-cert)";
    }
    boolean isPage = mediaType(headers).equals("text/html") || status >= 300 && status < 400;
    return isPage ? " (a login page of this network, or a load balancer's?)" : "";
  }

  private static String mediaType(HttpHeaders headers) {
    String header = headers.firstValue("Content-Type").orElse("");
    return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
