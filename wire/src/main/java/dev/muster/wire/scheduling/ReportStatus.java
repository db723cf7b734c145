package dev.muster.wire.scheduling;

import dev.muster.domain.identity.WireNamed;

/** What an agent may say that a job is. */
enum ReportStatus implements WireNamed {
  RUNNING,
  COMPLETED,
  FAILED,
  CANCELLED,
  RELEASED
}
