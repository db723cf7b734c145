package dev.muster.architecture.planted.domainclock.domain.job;

import java.time.InstantSource;

final class GuiltyOfHoldingAClock {
  InstantSource clock;
}
