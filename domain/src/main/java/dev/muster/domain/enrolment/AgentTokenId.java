package dev.muster.domain.enrolment;

import java.util.UUID;

/** Which agent token of a tenant's. */
public record AgentTokenId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
