package dev.muster.architecture.planted.usecaseclock.application.job;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;

final class GuiltyOfNow {
  OffsetDateTime planted() {
    return OffsetDateTime.now(ZoneOffset.UTC);
  }
}
