package dev.muster.ports.in.update;

import dev.muster.domain.update.SignedOffer;
import dev.muster.domain.update.UpdateOutcome;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import java.util.Optional;
import java.util.function.Consumer;

/** Releases as agents are offered them. */
public interface AgentUpdates {
  /** What the calling agent is offered now. */
  Outcome<Optional<Offered>> offer(Caller caller);

  /** The artifact of a release that the calling agent was offered. */
  Outcome<Artifact> artifact(Caller caller, long sequence);

  /** Takes what became of a release on the calling agent; the same again changes nothing. */
  Outcome<Result> report(Caller caller, Result result);

  /** A signed offer, and which release it is of. */
  record Offered(long sequence, SignedOffer offer) {}

  /**
   * An artifact.
   *
   * @param length in bytes
   * @param writer writes all of it, as fast as it is taken
   */
  record Artifact(long length, Consumer<Chunks> writer) {}

  /**
   * What an agent says.
   *
   * @param cause a word, empty where there is none
   */
  record Result(long sequence, UpdateOutcome outcome, String cause) {}
}
