package dev.muster.domain.fleet;

import java.util.UUID;

/** Which agent. */
public record AgentId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
