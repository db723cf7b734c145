package dev.muster.agent.command;

import dev.muster.agent.api.Backoff;
import dev.muster.agent.api.BackoffRandomness;
import dev.muster.agent.api.Enrolment.Proof;
import dev.muster.agent.api.EnrolmentApi;
import dev.muster.agent.configuration.AgentConfiguration;
import dev.muster.agent.configuration.EnrolmentSecrets;
import dev.muster.agent.disk.DiskFailure;
import dev.muster.agent.enrolment.Enrolling;
import dev.muster.agent.enrolment.Identity;
import dev.muster.agent.enrolment.Joining;
import dev.muster.agent.enrolment.StateFolder;
import dev.muster.agent.enrolment.StateRefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Lets the agent join, and says what to do where it cannot. */
final class Registration {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final Preparation preparation;
  private final StateFolder state;

  Registration(Preparation preparation, StateFolder state) {
    this.preparation = preparation;
    this.state = state;
  }

  /** Who the agent is; empty until it is enrolled. Fails where that is at another server. */
  Optional<Identity> known() {
    Optional<Identity> identity;
    try {
      identity = state.identity();
    } catch (StateRefusedException refused) {
      throw Preparation.stateFailure(String.valueOf(refused.getMessage()));
    } catch (IOException unreadable) {
      throw Preparation.stateFailure("the identity cannot be read");
    }
    identity.ifPresent(this::refuseOtherServer);
    return identity;
  }

  /** Joins with whatever secret is configured. */
  Identity join(Duration patience) throws InterruptedException {
    AgentConfiguration configuration = preparation.configuration();
    URI server = configuration.server().url();
    Proof proof = proof(preparation.secrets());
    try (HttpClient client = preparation.client()) {
      EnrolmentApi api = new EnrolmentApi(client, server, ANSWER, InstantSource.system());
      Backoff backoff =
          new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new BackoffRandomness());
      Enrolling enrolling = new Enrolling(api, server, state, Version.own(), backoff);
      return identity(enrolling.join(proof, configuration.offer(), patience));
    } catch (StateRefusedException refused) {
      throw Preparation.stateFailure(String.valueOf(refused.getMessage()));
    } catch (IOException unwritable) {
      throw Preparation.stateFailure(
          "the identity cannot be kept in "
              + configuration.state()
              + ": "
              + DiskFailure.describe(unwritable));
    }
  }

  private Identity identity(Joining joining) {
    String name = preparation.configuration().offer().name();
    return switch (joining) {
      case Joining.Joined(Identity identity) -> identity;
      case Joining.AlreadyRegistered() ->
          throw new CommandFailedException(
              ExitCode.ENROLMENT_REFUSED,
              "the server knows an agent named "
                  + name
                  + " and does not tell its credential again: bring its state folder back, choose"
                  + " another name, or have an operator remove that agent");
      case Joining.Refused(String reason) ->
          throw new CommandFailedException(ExitCode.ENROLMENT_REFUSED, "refused: " + reason);
      case Joining.Unanswered(String reason, boolean untrusted) ->
          throw new CommandFailedException(
              untrusted ? ExitCode.SERVER_UNTRUSTED : ExitCode.SERVER_UNREACHABLE,
              "no answer from " + preparation.configuration().server().url() + ": " + reason);
    };
  }

  private static Proof proof(EnrolmentSecrets secrets) {
    return secrets
        .bootstrapToken()
        .<Proof>map(Proof.BootstrapToken::new)
        .or(() -> secrets.registrationToken().map(Proof.RegistrationToken::new))
        .or(() -> secrets.localKey().map(Proof.LocalKey::new))
        .orElseThrow(() ->
            new CommandFailedException(
                ExitCode.NOT_ENROLLED,
                "this agent is not enrolled: give it MUSTER_BOOTSTRAP_TOKEN,"
                    + " MUSTER_REGISTRATION_TOKEN, LOCAL_AGENT_KEY, AGENT_TOKEN or"
                    + " SHARED_AGENT_PLATFORM_KEY (or a file with one)"));
  }

  /** The credential of one server must not be shown to another. A local one may change its port. */
  private void refuseOtherServer(Identity identity) {
    URI configured = preparation.configuration().server().url();
    boolean bothLocal =
        configured.getHost().equals(identity.server().getHost())
            && preparation.configuration().server().isLoopback();
    if (!configured.equals(identity.server()) && !bothLocal) {
      throw Preparation.stateFailure(
          "this agent is enrolled at "
              + identity.server()
              + ", but configured for "
              + configured
              + ": correct the address, or remove identity.json and enrol it there");
    }
  }
}
