package dev.muster.architecture.planted.inlinealone.inline;

import dev.muster.architecture.planted.inlinealone.ports.in.job.Reporting;

public final class InnocentWorker {
  Reporting reporting;
}
