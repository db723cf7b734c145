package dev.muster.grpc;

import dev.muster.wire.access.Doorman.Knock;
import dev.muster.wire.caller.ClientAddress;
import dev.muster.wire.caller.ClientCertificate;
import dev.muster.wire.caller.Headers;
import dev.muster.wire.caller.Origin;
import dev.muster.wire.caller.PresentedReader;
import dev.muster.wire.caller.Proxies;
import dev.muster.wire.caller.RequestIdRandomness;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * Whoever makes a call.
 *
 * @param headers of the call
 * @param knock what the door is shown of them
 */
record Visitor(Headers headers, Knock knock) {
  String requestId() {
    return knock.origin().requestId();
  }

  /** Reads from calls who makes them. */
  record Reader(ClientAddress addresses, ClientCertificate certificates, RequestIdRandomness ids) {
    static Reader behind(Proxies proxies) {
      return new Reader(
          new ClientAddress(proxies), new ClientCertificate(proxies), new RequestIdRandomness());
    }

    Visitor of(ServerCall<?, ?> call, Metadata metadata) {
      var headers = new MetadataHeaders(metadata);
      var socket = socket(call);
      var requestId = ids.takeOrMake(headers.single(RequestIdRandomness.HEADER));
      var origin = Origin.of(headers, requestId, addresses.of(headers, socket));
      return new Visitor(
          headers,
          new Knock(
              PresentedReader.read(headers), certificates.of(headers, socket), origin, Map.of()));
    }

    private static String socket(ServerCall<?, ?> call) {
      var remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
      return remote instanceof InetSocketAddress address && address.getAddress() != null
          ? address.getAddress().getHostAddress()
          : "";
    }
  }
}
