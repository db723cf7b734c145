package dev.muster.domain.access;

import java.util.UUID;

/** Which issued token. */
public record TokenId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
