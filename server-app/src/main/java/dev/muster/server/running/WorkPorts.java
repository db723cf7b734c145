package dev.muster.server.running;

import dev.muster.application.scheduling.DispatchService;
import dev.muster.ports.in.job.JobSubmission;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.ports.in.scheduling.JobReporting;
import dev.muster.server.tracing.TracedDispatch;
import dev.muster.server.tracing.TracedReporting;
import dev.muster.server.tracing.TracedSubmission;
import dev.muster.tracing.Tracing;
import java.time.InstantSource;

/** Where work goes in and out, by whatever wire: traced, where anything is. */
record WorkPorts(JobSubmission submission, JobDispatch dispatch, JobReporting reporting) {
  static WorkPorts of(
      Wiring wiring, DispatchService dispatch, Tracing tracing, InstantSource clock) {
    return tracing.isOn()
        ? new WorkPorts(
            new TracedSubmission(wiring.submission(), tracing),
            new TracedDispatch(dispatch, tracing),
            new TracedReporting(wiring.reporting(), tracing, clock))
        : new WorkPorts(wiring.submission(), dispatch, wiring.reporting());
  }
}
