package dev.muster.architecture.planted.cycles.http.job;

import dev.muster.architecture.planted.cycles.http.fleet.GuiltyAgent;

public final class GuiltyJob {
  GuiltyAgent agent;
}
