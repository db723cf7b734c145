package dev.muster.domain.enrolment;

import java.util.UUID;

/** Which platform key, as it is stored. */
public record PlatformKeyId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
