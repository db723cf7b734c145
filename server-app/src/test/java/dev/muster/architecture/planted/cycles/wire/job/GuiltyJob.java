package dev.muster.architecture.planted.cycles.wire.job;

import dev.muster.architecture.planted.cycles.wire.fleet.GuiltyAgent;

public final class GuiltyJob {
  GuiltyAgent agent;
}
