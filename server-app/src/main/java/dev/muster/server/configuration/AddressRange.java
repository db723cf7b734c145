package dev.muster.server.configuration;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** An address or a network: {@code 10.0.0.7}, {@code 10.0.0.0/8}, {@code 2001:db8::/32}. */
public final class AddressRange {
  /** The JDK takes {@code 10.1} for 10.0.0.1, which nobody who writes it here means. */
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  private final byte[] network;
  private final int prefix;

  private AddressRange(byte[] network, int prefix) {
    this.network = network;
    this.prefix = prefix;
  }

  /**
   * Reads one; names are not looked up.
   *
   * @throws IllegalArgumentException when it is none, or bits are set beyond the prefix, which is
   *     usually a typing error
   */
  public static AddressRange parse(String text) {
    String[] parts = text.strip().split("/", -1);
    byte[] address = address(parts[0], text);
    int bits = address.length * Byte.SIZE;
    int prefix = parts.length == 1 ? bits : Numbers.between(0, bits, parts[1]);
    AddressRange range = new AddressRange(masked(address, prefix), prefix);
    if (parts.length > 2 || !Arrays.equals(address, range.network)) {
      throw refusal(text);
    }
    return range;
  }

  private static byte[] address(String literal, String text) {
    if (!LITERAL.matcher(literal).matches()) {
      throw refusal(text);
    }
    try {
      return InetAddress.ofLiteral(literal).getAddress();
    } catch (IllegalArgumentException notOne) {
      throw refusal(text);
    }
  }

  private static IllegalArgumentException refusal(String text) {
    return new IllegalArgumentException(
        "must be addresses or networks such as 10.0.0.7 or 10.0.0.0/8, not " + text.strip());
  }

  /** Whether the address is within. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == network.length && Arrays.equals(masked(bytes, prefix), network);
  }

  private static byte[] masked(byte[] address, int prefix) {
    byte[] masked = new byte[address.length];
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      masked[bit / Byte.SIZE] |= (byte) (address[bit / Byte.SIZE] & mask);
    }
    return masked;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressRange range
        && range.prefix == prefix
        && Arrays.equals(range.network, network);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(network) + prefix;
  }

  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(network).getHostAddress() + "/" + prefix;
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
    }
  }
}
