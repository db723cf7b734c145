package dev.muster.ports.in.access;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentName;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a caller showed to prove who they are. */
public sealed interface Presented {
  /** Nothing at all. */
  record Nothing() implements Presented {}

  /** A token or key. */
  record Token(Secret token) implements Presented {}

  /** An agent's id with its key. */
  record AgentKey(UUID agent, Secret key) implements Presented {}

  /** A user's token, to act as an agent. */
  record ActingAs(Secret token, UUID agent) implements Presented {}

  /**
   * A tenant's agent token, with the name of the agent that shows it.
   *
   * @param instance which installation of that name it is, or null where it does not say
   */
  record NamedAgent(Secret token, AgentName name, @Nullable UUID instance) implements Presented {}

  /** Two credentials that disagree, or something malformed. */
  record Contradiction() implements Presented {}
}
