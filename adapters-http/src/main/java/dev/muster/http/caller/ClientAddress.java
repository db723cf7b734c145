package dev.muster.http.caller;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the address that a request came from, behind a known number of proxies.
 *
 * <p>Each trusted proxy appends the address that it saw to {@code X-Forwarded-For}; whatever stands
 * further left was written by the caller and proves nothing.
 */
public final class ClientAddress {
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final Pattern WITH_PORT =
      Pattern.compile("\\[(?<six>[^\\]]+)\\](:\\d{1,5})?|(?<four>\\d[\\d.]{6,14}):\\d{1,5}");
  private static final int MAX_LENGTH = 60;

  private final int trustedHops;

  /**
   * For a number of proxies.
   *
   * @param trustedHops how many proxies of ours a request passes; 0 trusts the socket only
   */
  public ClientAddress(int trustedHops) {
    this.trustedHops = trustedHops;
  }

  /**
   * The caller's address as an IP literal.
   *
   * @param socket the address of the connection; the answer when the header has fewer entries than
   *     there are proxies, for then the request came around them
   */
  public String of(Headers headers, String socket) {
    if (trustedHops == 0) {
      return socket;
    }
    List<String> entries =
        headers.all(FORWARDED_FOR).stream()
            .flatMap(line -> Arrays.stream(line.split(",", -1)))
            .map(String::strip)
            .toList();
    if (entries.size() < trustedHops) {
      return socket;
    }
    var literal = literal(entries.get(entries.size() - trustedHops));
    return literal == null ? socket : literal;
  }

  private static @Nullable String literal(String entry) {
    if (entry.length() > MAX_LENGTH || entry.isEmpty()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(withoutPort(entry)).getHostAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String withoutPort(String entry) {
    var match = WITH_PORT.matcher(entry);
    if (!match.matches()) {
      return entry;
    }
    var six = match.group("six");
    return six != null ? six : match.group("four");
  }
}
