package dev.muster.architecture.planted.inlinealone.inline;

import dev.muster.architecture.planted.inlinealone.ports.out.job.Jobs;

public final class GuiltyWorker {
  Jobs jobs;
}
