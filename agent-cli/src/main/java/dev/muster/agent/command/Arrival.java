package dev.muster.agent.command;

import dev.muster.agent.api.Backoff;
import dev.muster.agent.api.BackoffRandomness;
import dev.muster.agent.api.Credential;
import dev.muster.agent.api.GrpcServerApi;
import dev.muster.agent.api.HttpServerApi;
import dev.muster.agent.api.Introduction;
import dev.muster.agent.api.JobTraces;
import dev.muster.agent.api.ServerApi;
import dev.muster.agent.api.SharedEnrolmentApi;
import dev.muster.agent.api.Signing;
import dev.muster.agent.configuration.EnrolmentSecrets;
import dev.muster.agent.configuration.Offer;
import dev.muster.agent.enrolment.Identity;
import dev.muster.agent.enrolment.Introducing;
import dev.muster.agent.enrolment.Letting;
import dev.muster.agent.enrolment.RenewingServerApi;
import dev.muster.agent.enrolment.SharedMembership;
import dev.muster.agent.enrolment.StateFolder;
import dev.muster.agent.enrolment.StateRefusedException;
import dev.muster.agent.network.GrpcChannels;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gets the agent let in, with whatever it was given: the identity that it keeps, or joins for, or a
 * secret with which it presents itself by name each time. Joining goes over HTTP whatever the
 * transport is; what comes after it goes over the one that is configured.
 */
final class Arrival {
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private final Preparation preparation;
  private final StateFolder state;
  private final HttpClient client;
  private final JobTraces traces;
  private final URI server;
  private final Optional<GrpcChannels> channels;

  Arrival(Preparation preparation, StateFolder state, HttpClient client) {
    this(preparation, state, client, lease -> null);
  }

  /** Of an agent whose jobs are part of traces. */
  Arrival(Preparation preparation, StateFolder state, HttpClient client, JobTraces traces) {
    this.traces = traces;
    this.preparation = preparation;
    this.state = state;
    this.client = client;
    this.server = preparation.configuration().server().url();
    this.channels = preparation.channels();
  }

  /**
   * An agent that is let in. Closing it ends what keeps its credential fresh.
   *
   * @param server what it calls
   * @param name what it is called in the log
   * @param identity what it keeps of itself; empty where it presents itself by name
   */
  record Arrived(ServerApi server, String name, Optional<Identity> identity, Runnable end)
      implements AutoCloseable {
    /** The one tenant that it serves, or null for any, or where nobody said which. */
    @Nullable UUID tenant() {
      return identity.map(Identity::tenantId).orElse(null);
    }

    @Override
    public void close() {
      end.run();
    }
  }

  /** Arrives; waits for a server that is away. */
  Arrived arrive(Duration patience) throws InterruptedException {
    EnrolmentSecrets secrets = preparation.secrets();
    try {
      if (secrets.agentToken().isPresent()) {
        return byName(secrets.agentToken().get(), patience);
      }
      return secrets.platformKey().isPresent() ? shared(secrets, patience) : enrolled(patience);
    } catch (StateRefusedException refused) {
      throw Preparation.stateFailure(String.valueOf(refused.getMessage()));
    } catch (IOException unwritable) {
      throw Preparation.stateFailure(
          "nothing can be kept in " + preparation.configuration().state());
    }
  }

  private Arrived enrolled(Duration patience)
      throws InterruptedException, IOException, StateRefusedException {
    Registration registration = new Registration(preparation, state);
    Optional<Identity> known = registration.known();
    Identity identity = known.isPresent() ? known.get() : registration.join(patience);
    Credential credential = new Credential(identity.apiKey(), state.instance());
    return new Arrived(
        signed(() -> credential, identity.agentId()),
        identity.agentId().toString(),
        Optional.of(identity),
        this::disconnect);
  }

  private Arrived byName(Secret token, Duration patience)
      throws InterruptedException, IOException, StateRefusedException {
    Credential credential = new Credential(token, state.instance(), offer().name());
    HttpServerApi api =
        new HttpServerApi(client, server, credential, ANSWER, InstantSource.system())
            .tracedBy(traces);
    Introducing introducing = new Introducing(api, state, backoff());
    letIn(introducing.introduce(introduction(), patience));
    ServerApi server = channels.isEmpty() ? api : overGrpc(() -> credential, Signing.NONE);
    return new Arrived(server, offer().name(), Optional.empty(), this::disconnect);
  }

  private Arrived shared(EnrolmentSecrets secrets, Duration patience)
      throws InterruptedException, IOException, StateRefusedException {
    InstantSource clock = InstantSource.system();
    SharedMembership membership =
        new SharedMembership(
            new SharedEnrolmentApi(client, server, ANSWER, clock, new SecureRandom()),
            secrets::platformKeyNow,
            new AgentName(offer().name()),
            state.instance(),
            introduction(),
            state,
            backoff(),
            clock);
    letIn(membership.join(patience));
    ServerApi api = signed(membership::credential, membership.agentId());
    Thread renewal = Thread.ofVirtual().name("renewal").start(membership::keepFresh);
    return new Arrived(
        new RenewingServerApi(api, membership),
        membership.agentId().toString(),
        Optional.empty(),
        () -> {
          renewal.interrupt();
          disconnect();
        });
  }

  /** Who presents itself by name does not know its id, and so cannot sign. */
  private ServerApi signed(Supplier<Credential> credential, UUID agent) {
    Signing signing = SigningSecretFile.signing(state, agent);
    return channels.isEmpty()
        ? new HttpServerApi(client, server, credential, signing, ANSWER, InstantSource.system())
            .tracedBy(traces)
        : overGrpc(credential, signing);
  }

  private ServerApi overGrpc(Supplier<Credential> credential, Signing signing) {
    return new GrpcServerApi(
            channels.orElseThrow(), credential, signing, ANSWER, InstantSource.system())
        .tracedBy(traces);
  }

  private void disconnect() {
    channels.ifPresent(GrpcChannels::close);
  }

  private Offer offer() {
    return preparation.configuration().offer();
  }

  private Introduction introduction() throws IOException, StateRefusedException {
    Offer offer = offer();
    return new Introduction(
        Version.own(),
        offer.capabilities(),
        offer.tools(),
        offer.region(),
        offer.maxConcurrent(),
        state.registration());
  }

  private static Backoff backoff() {
    return new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new BackoffRandomness());
  }

  private void letIn(Letting letting) {
    switch (letting) {
      case Letting.In() -> {}
      case Letting.Unknown() ->
          throw new CommandFailedException(
              ExitCode.CREDENTIAL_REFUSED,
              "the server does not know this agent's token or key, or the clocks differ by more"
                  + " than five minutes");
      case Letting.Refused(String reason) ->
          throw new CommandFailedException(ExitCode.ENROLMENT_REFUSED, "refused: " + reason);
      case Letting.Unanswered(String reason, boolean untrusted) ->
          throw new CommandFailedException(
              untrusted ? ExitCode.SERVER_UNTRUSTED : ExitCode.SERVER_UNREACHABLE,
              "no answer from " + server + ": " + reason);
    }
  }
}
