package dev.muster.inline;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Tells addresses of the internet from those that mean something else on each network: a name that
 * a stranger controls must not lead to the server's own neighbours.
 */
final class PublicAddress {
  private record Network(int[] start, int bits) {
    boolean contains(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        int index = bit / Byte.SIZE;
        int wanted = index < start.length ? start[index] : 0;
        if ((address[index] & mask) != (wanted & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  /** The special-purpose registries of IANA (RFC 6890), where what is in them is not global. */
  private static final Network[] NOT_PUBLIC_4 = {
    new Network(new int[] {0}, 8),
    new Network(new int[] {10}, 8),
    new Network(new int[] {100, 64}, 10),
    new Network(new int[] {127}, 8),
    new Network(new int[] {169, 254}, 16),
    new Network(new int[] {172, 16}, 12),
    new Network(new int[] {192, 0, 0}, 24),
    new Network(new int[] {192, 0, 2}, 24),
    new Network(new int[] {192, 88, 99}, 24),
    new Network(new int[] {192, 168}, 16),
    new Network(new int[] {198, 18}, 15),
    new Network(new int[] {198, 51, 100}, 24),
    new Network(new int[] {203, 0, 113}, 24),
    new Network(new int[] {224}, 3),
  };

  /** Global unicast is 2000::/3; of it, what carries an IPv4 address within, or is for examples. */
  private static final Network GLOBAL_6 = new Network(new int[] {0x20}, 3);

  private static final Network[] NOT_PUBLIC_6 = {
    new Network(new int[] {0x20, 0x01, 0x00, 0x00}, 23),
    new Network(new int[] {0x20, 0x01, 0x0d, 0xb8}, 32),
    new Network(new int[] {0x20, 0x02}, 16),
    new Network(new int[] {0x3f, 0xff}, 20),
  };

  private PublicAddress() {}

  static boolean is(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address
        ? GLOBAL_6.contains(bytes) && isOutside(NOT_PUBLIC_6, bytes)
        : isOutside(NOT_PUBLIC_4, bytes);
  }

  private static boolean isOutside(Network[] networks, byte[] address) {
    for (Network network : networks) {
      if (network.contains(address)) {
        return false;
      }
    }
    return true;
  }
}
