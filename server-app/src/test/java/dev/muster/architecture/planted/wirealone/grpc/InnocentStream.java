package dev.muster.architecture.planted.wirealone.grpc;

import dev.muster.architecture.planted.wirealone.ports.in.job.JobQueue;

public final class InnocentStream {
  JobQueue queue;
}
