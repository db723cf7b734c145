package dev.muster.agent.api;

import dev.muster.domain.credential.Secret;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the agent presents itself.
 *
 * @param apiKey proves who it is
 * @param instance tells this installation from another that was given the same name
 * @param name the agent's, where the credential is not one agent's alone; else null
 */
public record Credential(Secret apiKey, UUID instance, @Nullable String name) {
  /** The credential of one agent alone. */
  public Credential(Secret apiKey, UUID instance) {
    this(apiKey, instance, null);
  }
}
