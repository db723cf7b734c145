package dev.muster.ports.in.access;

import dev.muster.domain.credential.Secret;
import java.util.UUID;

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

  /** Two credentials that disagree, or something malformed. */
  record Contradiction() implements Presented {}
}
