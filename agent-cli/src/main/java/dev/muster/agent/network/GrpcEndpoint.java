package dev.muster.agent.network;

import java.net.URI;

/**
 * Where the server speaks gRPC.
 *
 * @param host a name or an address, an address of IPv6 in brackets
 * @param tls whether it is spoken over TLS
 */
public record GrpcEndpoint(String host, int port, boolean tls) {
  /** As an address, by which the way to it is chosen. */
  URI uri() {
    return URI.create((tls ? "https" : "http") + "://" + host + ":" + port);
  }

  /** The host without brackets. */
  String bareHost() {
    return DirectHost.bare(host);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
