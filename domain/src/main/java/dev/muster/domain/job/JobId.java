package dev.muster.domain.job;

import java.util.UUID;

/** Which job. */
public record JobId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
