package dev.muster.architecture.planted.useless.application.job;

import dev.muster.architecture.planted.useless.domain.job.Ordering;

final class JobService {
  int planted(Ordering ordering) {
    return ordering.order();
  }
}
