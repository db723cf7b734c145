package dev.muster.architecture.planted.domainclock.domain.job;

import java.util.UUID;
import java.util.function.Supplier;

final class GuiltyOfIds {
  Supplier<UUID> planted() {
    return UUID::randomUUID;
  }
}
