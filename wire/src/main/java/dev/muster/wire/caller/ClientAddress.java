package dev.muster.wire.caller;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the address that a request came from, behind a known number of proxies.
 *
 * <p>Each of them appends the address that it saw to {@code X-Forwarded-For}; whatever stands
 * further left was written by the caller and proves nothing.
 */
public final class ClientAddress {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final Proxies proxies;

  /** Behind these proxies. */
  public ClientAddress(Proxies proxies) {
    this.proxies = proxies;
  }

  /**
   * The caller's address as an IP literal.
   *
   * @param socket the address of the connection; the answer when it is not a proxy's, and when the
   *     header has fewer entries than there are proxies, for then the request came around them
   */
  public String of(Headers headers, String socket) {
    String connected = canonical(socket);
    if (!proxies.mayForward(socket)) {
      return connected;
    }
    List<String> entries = new ArrayList<>();
    headers.all(FORWARDED_FOR).forEach(line -> entries.addAll(Arrays.asList(line.split(",", -1))));
    int place = entries.size() - proxies.hops();
    return place < 0
        ? connected
        : AddressLiteral.parse(entries.get(place).strip())
            .map(InetAddress::getHostAddress)
            .orElse(connected);
  }

  private static String canonical(String socket) {
    return AddressLiteral.parse(socket).map(InetAddress::getHostAddress).orElse(socket);
  }
}
