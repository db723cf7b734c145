package dev.muster.architecture.planted.usecaseclock.application.job;

import java.util.UUID;

final class GuiltyOfIds {
  UUID planted() {
    return UUID.randomUUID();
  }
}
