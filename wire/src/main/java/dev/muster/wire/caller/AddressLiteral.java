package dev.muster.wire.caller;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as they stand in headers and come from sockets; names are not looked up. */
final class AddressLiteral {
  private static final int MAX_LENGTH = 60;

  /** The JDK takes {@code 10.1} and {@code 7} for addresses, which no proxy writes. */
  private static final Pattern FORM =
      Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*");

  private static final Pattern WITH_PORT =
      Pattern.compile("\\[(?<six>[^\\]]+)\\](:\\d{1,5})?|(?<four>\\d[\\d.]{6,14}):\\d{1,5}");

  private AddressLiteral() {}

  /**
   * The address; an IPv4 address that is written as one of IPv6 is the IPv4 address. Empty for what
   * is none.
   *
   * @param text with or without a port, brackets around an address of IPv6, and the zone of one
   */
  static Optional<InetAddress> parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String bare = withoutZone(withoutPort(text));
    if (!FORM.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(bare));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  private static String withoutPort(String text) {
    var match = WITH_PORT.matcher(text);
    if (!match.matches()) {
      return text;
    }
    var six = match.group("six");
    return six != null ? six : match.group("four");
  }

  /** Which network card an address was seen at says nothing to anybody else. */
  private static String withoutZone(String text) {
    int zone = text.indexOf('%');
    return zone > 0 && text.indexOf(':') >= 0 ? text.substring(0, zone) : text;
  }
}
