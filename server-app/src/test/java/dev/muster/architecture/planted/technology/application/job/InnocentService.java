package dev.muster.architecture.planted.technology.application.job;

import dev.muster.architecture.planted.technology.ports.out.job.Jobs;
import org.slf4j.Logger;

public final class InnocentService {
  Jobs jobs;
  Logger logger;
}
