package dev.muster.domain.access;

import java.util.UUID;

/** Which person, or program of a person's. */
public record UserId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
