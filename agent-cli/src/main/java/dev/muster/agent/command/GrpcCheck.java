package dev.muster.agent.command;

import dev.muster.agent.api.Credential;
import dev.muster.agent.api.GrpcServerApi;
import dev.muster.agent.api.HeartbeatAnswer;
import dev.muster.agent.api.Reply;
import dev.muster.agent.api.Signing;
import dev.muster.agent.enrolment.Identity;
import dev.muster.agent.enrolment.StateFolder;
import dev.muster.agent.network.GrpcChannels;
import dev.muster.agent.network.GrpcEndpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Whether the server speaks gRPC where the agent was told that it does. */
final class GrpcCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private GrpcCheck() {}

  /** What was found; empty where the agent does not speak it. */
  static Optional<Finding> of(
      Preparation preparation, Optional<Identity> identity, Optional<StateFolder> state)
      throws Exception {
    Optional<GrpcEndpoint> endpoint = preparation.configuration().grpc();
    if (endpoint.isEmpty()) {
      return Optional.empty();
    }
    Optional<Credential> credential =
        state.isEmpty()
            ? Optional.empty()
            : StatusCommand.credential(preparation, identity, state.get());
    if (credential.isEmpty()) {
      return Optional.of(Finding.unknown("grpc", endpoint.get() + " cannot be tried"));
    }
    Signing signing = StatusCommand.signing(identity, state.get());
    return Optional.of(found(preparation, endpoint.get(), credential.get(), signing));
  }

  private static Finding found(
      Preparation preparation, GrpcEndpoint endpoint, Credential credential, Signing signing)
      throws InterruptedException {
    try (GrpcChannels channels = preparation.channels().orElseThrow()) {
      Reply<HeartbeatAnswer> reply =
          new GrpcServerApi(channels, () -> credential, signing, PATIENCE, InstantSource.system())
              .probe(Version.own());
      String how = endpoint + (endpoint.tls() ? " over TLS: " : ", in plain text: ");
      String what =
          switch (reply) {
            case Reply.Ok<HeartbeatAnswer> _ -> "answers";
            case Reply.Disabled<HeartbeatAnswer> _ -> "answers";
            case Reply.Unauthorized<HeartbeatAnswer> _ ->
                "answers, and does not know the credential";
            case Reply.LeaseLost<HeartbeatAnswer> _ -> "answers oddly";
            case Reply.Refused<HeartbeatAnswer> refused -> "refuses: " + refused.code();
            case Reply.Unavailable<HeartbeatAnswer> away -> "does not answer: " + away.reason();
          };
      ExitCode code = StatusCommand.code(reply);
      return code == ExitCode.OK
          ? Finding.ok("grpc", how + what)
          : Finding.failed("grpc", how + what, code);
    }
  }
}
