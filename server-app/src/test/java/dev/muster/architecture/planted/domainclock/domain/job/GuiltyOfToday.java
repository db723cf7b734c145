package dev.muster.architecture.planted.domainclock.domain.job;

import java.time.LocalDate;
import java.time.ZoneOffset;

final class GuiltyOfToday {
  LocalDate planted() {
    return LocalDate.now(ZoneOffset.UTC);
  }
}
