package dev.muster.server.running;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/**
 * What this server is called among those on the same database: the name of its machine, or of its
 * container, and four digits that differ from process to process.
 */
final class ReplicaName {
  private static final int LONGEST_HOST = 58;

  private ReplicaName() {}

  /**
   * The name.
   *
   * @param id of the process
   */
  static String of(UUID id) {
    return of(hostName(), id);
  }

  static String of(String host, UUID id) {
    String plain = host.replaceAll("[^A-Za-z0-9._-]", "_");
    String digits = id.toString();
    return plain.substring(0, Math.min(plain.length(), LONGEST_HOST))
        + "-"
        + digits.substring(digits.length() - 4);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unresolved) {
      return "server";
    }
  }
}
