package dev.muster.domain.enrolment;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whose attempts are counted together: those of an IPv4 address, and those of an IPv6 network of 64
 * bits, because whoever has one address of it has them all.
 */
public record CallerNetwork(String value) {
  private static final int NETWORK_BYTES = 8;
  private static final String UNKNOWN = "unknown";

  /**
   * The network of an address.
   *
   * @param address an IP literal; what is none, or null, is counted as one caller
   */
  public static CallerNetwork of(@Nullable String address) {
    if (address == null) {
      return new CallerNetwork(UNKNOWN);
    }
    try {
      InetAddress literal = InetAddress.ofLiteral(address);
      return new CallerNetwork(
          literal instanceof Inet6Address six ? network(six) : literal.getHostAddress());
    } catch (IllegalArgumentException notOne) {
      return new CallerNetwork(UNKNOWN);
    }
  }

  private static String network(Inet6Address address) {
    byte[] bytes = Arrays.copyOf(address.getAddress(), address.getAddress().length);
    Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has 16 bytes", impossible);
    }
  }
}
