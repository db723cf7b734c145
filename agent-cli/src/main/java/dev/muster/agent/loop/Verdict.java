package dev.muster.agent.loop;

import dev.muster.agent.api.Lease;
import dev.muster.agent.api.StatusReport;
import dev.muster.agent.api.StatusReport.Failure;
import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.domain.job.JobError;
import java.util.Optional;

/** What is reported of a job, from how its work ended and what ended it. */
final class Verdict {
  /** What the server takes for a report, less some room for the rest of it. */
  private static final int MOST_BYTES = 4 * 1024 * 1024 - 4096;

  private Verdict() {}

  /** The report; empty where nothing may be said because the job is somebody else's. */
  static Optional<StatusReport> of(Lease lease, Ending ending, ConnectorOutcome outcome) {
    if (ending == Ending.LOST) {
      return Optional.empty();
    }
    return Optional.of(
        switch (outcome) {
          case ConnectorOutcome.Completed(var result) ->
              limited(StatusReport.completed(lease, result));
          case ConnectorOutcome.Failed failed -> failed(lease, ending, failed);
          case ConnectorOutcome.Cancelled cancelled -> stopped(lease, ending, cancelled);
        });
  }

  /** A failure while the job was being given back says nothing about the job. */
  private static StatusReport failed(Lease lease, Ending ending, ConnectorOutcome.Failed failed) {
    return switch (ending) {
      case RELEASED -> StatusReport.released(lease);
      case TIMED_OUT -> timedOut(lease, failed.message());
      case OWN, CANCELLED, LOST ->
          failure(lease, failed.errorClass(), failed.message(), failed.retryable());
    };
  }

  private static StatusReport stopped(
      Lease lease, Ending ending, ConnectorOutcome.Cancelled cancelled) {
    return switch (ending) {
      case RELEASED -> StatusReport.released(lease);
      case TIMED_OUT -> timedOut(lease, cancelled.detail());
      case CANCELLED, LOST ->
          cancelled.confirmed()
              ? StatusReport.cancelled(lease)
              : failure(lease, JobError.CANCEL_UNCONFIRMED, cancelled.detail(), false);
      case OWN -> failure(lease, "connector_failed", "stopped without being asked to", true);
    };
  }

  private static StatusReport timedOut(Lease lease, String detail) {
    return failure(
        lease, JobError.RUN_TIMEOUT, "took longer than its run timeout: " + detail, true);
  }

  private static StatusReport limited(StatusReport report) {
    return report.wireBytes() <= MOST_BYTES
        ? report
        : failure(report.lease(), "result_too_large", "the result is larger than 4 MiB", false);
  }

  private static StatusReport failure(
      Lease lease, String errorClass, String message, boolean retryable) {
    return StatusReport.failed(lease, new Failure(errorClass, message, retryable));
  }
}
