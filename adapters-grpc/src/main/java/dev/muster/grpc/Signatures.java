package dev.muster.grpc;

import dev.muster.domain.credential.SignedCommand;
import dev.muster.ports.in.access.Gate.Signed;
import dev.muster.protocol.agent.v1.Ask;
import dev.muster.wire.caller.Headers;
import dev.muster.wire.caller.SignatureHeaders;
import org.jspecify.annotations.Nullable;

/**
 * How calls are signed: as requests are, with {@code GRPC} for the method, so that a signature of
 * the one is none of the other, the name of the call for the target, and for the body the bytes of
 * the message; of a question on a stream, whose headers have long gone by, those of its claim.
 */
final class Signatures {
  private static final String METHOD = "GRPC";

  private Signatures() {}

  static @Nullable Signed ofCall(Headers headers, String name, byte[] message) {
    return SignatureHeaders.read(headers, METHOD, target(name), () -> message);
  }

  static @Nullable Signed ofQuestion(Ask ask, String name) {
    if (!ask.hasSignature()) {
      return null;
    }
    var signature = ask.getSignature();
    return new Signed(
        METHOD,
        target(name),
        signature.getTimestamp(),
        signature.getNonce(),
        signature.getSignature(),
        SignedCommand.hashOf(ask.getClaim().toByteArray()));
  }

  private static String target(String name) {
    return "/" + AgentMethods.SERVICE + "/" + name;
  }
}
