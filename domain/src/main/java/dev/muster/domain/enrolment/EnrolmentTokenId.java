package dev.muster.domain.enrolment;

import java.util.UUID;

/** Which bootstrap or registration token. */
public record EnrolmentTokenId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
