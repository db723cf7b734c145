package dev.muster.architecture.planted.httpalone.http.job;

import dev.muster.architecture.planted.httpalone.ports.out.job.Jobs;

public final class GuiltyBackDoor {
  Jobs jobs;
}
