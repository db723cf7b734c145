package dev.muster.agent.enrolment;

import dev.muster.agent.api.Backoff;
import dev.muster.agent.api.Enrolment;
import dev.muster.agent.api.Enrolment.Proof;
import dev.muster.agent.api.EnrolmentAnswer;
import dev.muster.agent.api.EnrolmentApi;
import dev.muster.agent.api.Reply;
import dev.muster.agent.configuration.Offer;
import dev.muster.agent.journal.Journal;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * Lets the agent join: asks until the server says yes or no. Every try carries the same
 * registration id, so that an answer which was lost on the way costs the token no second use.
 */
public final class Enrolling {
  private static final Journal JOURNAL = Journal.of("enrolment");

  private final EnrolmentApi api;
  private final URI server;
  private final StateFolder state;
  private final String version;
  private final Backoff failures;

  /** Joins one server, and keeps what comes of it in the state folder. */
  public Enrolling(
      EnrolmentApi api, URI server, StateFolder state, String version, Backoff failures) {
    this.api = api;
    this.server = server;
    this.state = state;
    this.version = version;
    this.failures = failures;
  }

  /**
   * Asks to join.
   *
   * @param patience how long to go on asking a server that does not answer
   */
  public Joining join(Proof proof, Offer offer, Duration patience)
      throws IOException, StateRefusedException, InterruptedException {
    Enrolment enrolment =
        new Enrolment(
            proof,
            offer.name(),
            version,
            offer.capabilities(),
            offer.tools(),
            offer.region(),
            offer.maxConcurrent(),
            state.registration(),
            state.instance());
    long started = System.nanoTime();
    while (true) {
      Reply<EnrolmentAnswer> reply = api.enrol(enrolment);
      if (!(reply instanceof Reply.Unavailable<EnrolmentAnswer> away)) {
        return answered(reply, !(proof instanceof Proof.BootstrapToken));
      }
      Duration pause = failures.next(away.retryAfter());
      Duration left = patience.minusNanos(System.nanoTime() - started);
      if (away.untrusted() || left.compareTo(pause) < 0) {
        return new Joining.Unanswered(away.reason(), away.untrusted());
      }
      JOURNAL.warn("server_away", "reason", away.reason(), "pause_ms", pause.toMillis());
      Thread.sleep(pause);
    }
  }

  private Joining answered(Reply<EnrolmentAnswer> reply, boolean dedicated) throws IOException {
    return switch (reply) {
      case Reply.Ok<EnrolmentAnswer>(EnrolmentAnswer.AlreadyRegistered()) ->
          new Joining.AlreadyRegistered();
      case Reply.Ok<EnrolmentAnswer>(EnrolmentAnswer.Joined joined) -> {
        Identity identity =
            new Identity(
                server,
                joined.agentId(),
                dedicated,
                joined.tenantId(),
                joined.apiKey(),
                joined.updateKey());
        state.keep(identity);
        JOURNAL.info("enrolled", "agent", identity.agentId());
        yield new Joining.Joined(identity);
      }
      case Reply.Unauthorized<EnrolmentAnswer> _ ->
          new Joining.Refused("the token or key is not known to the server");
      case Reply.Disabled<EnrolmentAnswer> _ -> new Joining.Refused("the agent is disabled");
      case Reply.LeaseLost<EnrolmentAnswer> _ ->
          new Joining.Refused("an answer that makes no sense");
      case Reply.Refused<EnrolmentAnswer> refused -> new Joining.Refused(explain(refused));
      case Reply.Unavailable<EnrolmentAnswer> away ->
          new Joining.Unanswered(away.reason(), away.untrusted());
    };
  }

  private static String explain(Reply.Refused<EnrolmentAnswer> refused) {
    return refused.status() + " " + refused.code() + ": " + refused.detail();
  }
}
