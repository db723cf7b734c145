package dev.muster.agent.enrolment;

import dev.muster.agent.api.Backoff;
import dev.muster.agent.api.HttpServerApi;
import dev.muster.agent.api.Introduced;
import dev.muster.agent.api.Introduction;
import dev.muster.agent.api.Reply;
import java.io.IOException;
import java.time.Duration;

/**
 * Lets an agent in that comes by name with its tenant's agent token: it says what it can do before
 * it asks for work, and keeps the update key that it is given the first time.
 */
public final class Introducing {
  private final HttpServerApi api;
  private final StateFolder state;
  private final Asking asking;

  /** Introduces itself through {@code api}. */
  public Introducing(HttpServerApi api, StateFolder state, Backoff failures) {
    this.api = api;
    this.state = state;
    this.asking = new Asking(failures);
  }

  /**
   * Says what the agent can do.
   *
   * @param patience how long to go on asking a server that does not answer
   */
  public Letting introduce(Introduction introduction, Duration patience)
      throws IOException, InterruptedException {
    Reply<Introduced> reply = asking.until(patience, () -> api.introduce(introduction));
    if (reply instanceof Reply.Ok<Introduced>(Introduced introduced)) {
      state.settle(introduced.updateKey());
      return new Letting.In();
    }
    return Letting.out(reply);
  }
}
