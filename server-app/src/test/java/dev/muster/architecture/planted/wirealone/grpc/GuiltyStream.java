package dev.muster.architecture.planted.wirealone.grpc;

import dev.muster.architecture.planted.wirealone.ports.out.job.Jobs;

public final class GuiltyStream {
  Jobs jobs;
}
