package dev.muster.ports.in.access;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentName;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a caller showed to prove who they are. */
public sealed interface Presented {
  /** Nothing at all. */
  record Nothing() implements Presented {}

  /**
   * A token or key.
   *
   * @param installation which installation of an agent shows it, or null where it does not say
   */
  record Token(Secret token, @Nullable UUID installation) implements Presented {
    /** Of an installation that does not say which it is, or of a person. */
    public Token(Secret token) {
      this(token, null);
    }
  }

  /**
   * An agent's id with its key.
   *
   * @param installation which installation of it shows the key, or null where it does not say
   */
  record AgentKey(UUID agent, Secret key, @Nullable UUID installation) implements Presented {
    /** Of an installation that does not say which it is. */
    public AgentKey(UUID agent, Secret key) {
      this(agent, key, null);
    }
  }

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
