package dev.muster.architecture.planted.wirealone.wire.job;

import dev.muster.architecture.planted.wirealone.application.job.JobService;

public final class GuiltyDocument {
  JobService service;
}
