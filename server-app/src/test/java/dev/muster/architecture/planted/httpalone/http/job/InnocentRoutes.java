package dev.muster.architecture.planted.httpalone.http.job;

import dev.muster.architecture.planted.httpalone.ports.in.job.JobQueue;

public final class InnocentRoutes {
  JobQueue queue;
}
