package dev.muster.agent.network;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code NO_PROXY}: who is reached without the proxy. As curl reads it: a name covers
 * itself and everything below it, with or without a dot before it; addresses are compared as
 * addresses, however they are written, and may be networks ({@code 10.0.0.0/8}); {@code *} is
 * everybody. Beyond curl, {@code *.} before a name is taken for the dot, and a port after it
 * restricts it to that port.
 *
 * @param host {@code *}, a name, or an address without brackets; lower case
 * @param bits how much of an address counts; -1 for all of it
 * @param port the port that is meant; 0 for every port
 */
public record DirectHost(String host, int bits, int port) {
  private static final String EVERYBODY = "*";
  private static final Pattern FORM =
      Pattern.compile(
          "(?:\\[(?<bracketed>[0-9a-f:.]+)]|(?<plain>[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*)"
              + "|(?<name>[a-z0-9_.-]+))(?:/(?<bits>[0-9]{1,3}))?(?::(?<port>[0-9]{1,5}))?");

  /** Reads an entry; empty if it is none. */
  public static Optional<DirectHost> parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals(EVERYBODY)) {
      return Optional.of(new DirectHost(EVERYBODY, -1, 0));
    }
    Matcher form = FORM.matcher(lower.startsWith("*.") ? lower.substring(1) : lower);
    if (!form.matches()) {
      return Optional.empty();
    }
    String name = form.group("name");
    String host =
        name != null
            ? name.replaceAll("^\\.+|\\.+$", "")
            : form.group("bracketed") != null ? form.group("bracketed") : form.group("plain");
    int bits = form.group("bits") == null ? -1 : Integer.parseInt(form.group("bits"));
    int port = form.group("port") == null ? 0 : Integer.parseInt(form.group("port"));
    return isPossible(host, bits, port)
        ? Optional.of(new DirectHost(host, bits, port))
        : Optional.empty();
  }

  private static boolean isPossible(String host, int bits, int port) {
    byte[] address = address(host);
    boolean isWellFormed = address != null || !host.isEmpty() && !host.contains(":");
    return isWellFormed
        && port <= 65_535
        && (address == null ? bits < 0 : bits <= address.length * 8);
  }

  /** Whether that host and port are meant. */
  boolean covers(String name, int toPort) {
    if (port != 0 && port != toPort) {
      return false;
    }
    String other = bare(name.toLowerCase(Locale.ROOT)).replaceAll("\\.+$", "");
    byte[] mine = address(host);
    byte[] theirs = address(other);
    if (host.equals(EVERYBODY)) {
      return true;
    }
    if (mine == null || theirs == null) {
      return mine == null && theirs == null && (other.equals(host) || other.endsWith("." + host));
    }
    return sharesPrefix(mine, theirs, bits < 0 ? mine.length * 8 : bits);
  }

  private static boolean sharesPrefix(byte[] one, byte[] other, int bits) {
    if (one.length != other.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % 8);
      if (((one[i / 8] ^ other[i / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  /** A host as it is written in a URL, without the brackets of an address. */
  static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** The bytes of an address; null for a name. Nothing is looked up. */
  private static byte @Nullable [] address(String host) {
    boolean isLiteral = host.contains(":") || host.matches("[0-9]+(\\.[0-9]+){3}");
    try {
      return isLiteral ? InetAddress.ofLiteral(host).getAddress() : null;
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }
}
