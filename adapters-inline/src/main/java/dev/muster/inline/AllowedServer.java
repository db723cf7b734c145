package dev.muster.inline;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that scripts may send requests to, written {@code [scheme://]host[:port]}: exactly one,
 * since names that stand for many are too easily more than was meant. Without a scheme it is {@code
 * https}.
 *
 * @param host a name, or an address without brackets; lower case
 */
public record AllowedServer(String scheme, String host, int port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<scheme>https?)://)?"
              + "(?:\\[(?<address>[0-9a-f:.]+)]|(?<name>[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?))"
              + "(?::(?<port>[0-9]{1,5}))?");
  private static final int LAST_PORT = 65_535;

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static AllowedServer parse(String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw refusal(text);
    }
    String scheme = form.group("scheme") == null ? "https" : form.group("scheme");
    String host = form.group("address") == null ? form.group("name") : form.group("address");
    int port =
        form.group("port") == null ? usualPort(scheme) : Integer.parseInt(form.group("port"));
    if (port < 1 || port > LAST_PORT || host.contains("..")) {
      throw refusal(text);
    }
    return new AllowedServer(scheme, host, port);
  }

  static int usualPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  /** Whether this is an address, and the same. */
  boolean isAddress(InetAddress address) {
    try {
      return InetAddress.ofLiteral(host).equals(address);
    } catch (IllegalArgumentException aName) {
      return false;
    }
  }

  private static IllegalArgumentException refusal(String text) {
    return new IllegalArgumentException(
        "must be servers such as https://api.example.com or http://10.0.0.7:8080, not "
            + text.strip());
  }
}
