package dev.muster.architecture.planted.sandboxalone.sandbox;

import dev.muster.architecture.planted.sandboxalone.domain.job.Job;

public final class GuiltySandbox {
  Job job;
}
