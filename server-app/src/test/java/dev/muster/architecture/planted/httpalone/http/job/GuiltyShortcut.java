package dev.muster.architecture.planted.httpalone.http.job;

import dev.muster.architecture.planted.httpalone.application.job.JobService;

public final class GuiltyShortcut {
  JobService service;
}
