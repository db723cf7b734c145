package dev.muster.architecture.planted.portpurity.ports.out.job;

import dev.muster.architecture.planted.portpurity.domain.job.Job;

public interface InnocentJobs {
  Job job();
}
