package dev.muster.wire.scheduling;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.JobError;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.LogLine;
import dev.muster.domain.job.Progress;
import dev.muster.domain.job.Report;
import dev.muster.ports.in.scheduling.JobReporting.AttemptReport;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.Fields;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kind;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What agents say of their jobs, on the wire. */
final class ReportJson {
  /** The most reports in one batch. */
  static final int MOST_REPORTS = 100;

  private static final int RESULT_BYTES = ReportCalls.REPORT_BYTES;
  private static final int MESSAGE = 64 * 1024;
  private static final long MOST_SEQ = 1L << 53;
  private static final Kind<Integer> ATTEMPT = Kinds.integer(1, Integer.MAX_VALUE);

  private static final Kind<Progress> PROGRESS =
      Kinds.object(in -> {
        var percent = in.optional("percent", Kinds.integer(0, 100));
        var message = in.optional("message", Kinds.text(0, MESSAGE));
        return () -> new Progress(percent.orNull(), message.orNull());
      });

  private static final Kind<Failure> FAILURE =
      Kinds.object(in -> {
        var name = in.required("class", Words.ERROR_CLASS);
        var message = in.required("message", Kinds.text(0, MESSAGE));
        var retryable = in.optional("retryable", Kinds.bool());
        return () -> new Failure(new JobError(name.get(), message.get()), retryable.or(false));
      });

  private static final Kind<LogLine> LINE =
      Kinds.object(in -> {
        var seq = in.required("seq", Kinds.wholeNumber(1, MOST_SEQ));
        var stream = in.required("stream", Kinds.oneOf(LogLine.Stream.class));
        var at = in.required("at", Kinds.instant());
        var text = in.required("text", Kinds.text(0, LogLine.MOST_CHARACTERS));
        return () -> new LogLine(seq.get(), stream.get(), at.get(), text.get());
      });

  static final Shape<OfAttempt> REPORT = ReportJson::report;

  static final Shape<List<AttemptReport>> BATCH =
      in -> {
        var reports =
            in.required("reports", Kinds.list(Kinds.object(ReportJson::ofJob), MOST_REPORTS));
        return reports::get;
      };

  static final Shape<Lines> LINES =
      in -> {
        var attempt = in.required("attempt", ATTEMPT);
        var lines = in.required("lines", Kinds.list(LINE, LogLine.MOST_LINES));
        return () -> new Lines(attempt.get(), lines.get());
      };

  private ReportJson() {}

  /** A report and the fence that it is made under. */
  record OfAttempt(int attempt, Report report) {}

  /** Log lines of an attempt. */
  record Lines(int attempt, List<LogLine> lines) {}

  private record Failure(JobError error, boolean retryable) {}

  /** What the agent learns of the job by saying something of it. */
  static ObjectNode of(Job job) {
    return Json.object()
        .put("status", job.status().wireName())
        .put("attempt", job.attempt())
        .put("cancel_requested", job.cancelRequestedAt() != null);
  }

  private static Supplier<AttemptReport> ofJob(Fields in) {
    var id = in.required("id", Kinds.uuid().as(JobId::new));
    var report = report(in);
    return () -> {
      var said = report.get();
      return new AttemptReport(id.get(), said.attempt(), said.report());
    };
  }

  private static Supplier<OfAttempt> report(Fields in) {
    var attempt = in.required("attempt", ATTEMPT);
    var status = in.required("status", Kinds.oneOf(ReportStatus.class));
    var progress = in.optional("progress", PROGRESS);
    var result = in.optional("result", Kinds.anything(RESULT_BYTES));
    var failure = in.optional("error", FAILURE);
    return () -> {
      requireFitting(status.get(), result.orNull(), failure.orNull());
      var report =
          switch (status.get()) {
            case RUNNING -> new Report.Running(progress.orNull());
            case COMPLETED -> new Report.Completed(text(result.orNull()));
            case FAILED -> new Report.Failed(failure.get().error(), failure.get().retryable());
            case CANCELLED -> new Report.Cancelled();
            case RELEASED -> new Report.Released();
          };
      return new OfAttempt(attempt.get(), report);
    };
  }

  /** What would be dropped silently is refused. */
  private static void requireFitting(
      ReportStatus status, @Nullable JsonNode result, @Nullable Failure failure) {
    if (result != null && status != ReportStatus.COMPLETED) {
      throw new IllegalArgumentException("has a result, which only a completed job has");
    }
    if ((failure != null) != (status == ReportStatus.FAILED)) {
      throw new IllegalArgumentException("must have an error if, and only if, the job failed");
    }
  }

  private static String text(@Nullable JsonNode result) {
    return result == null ? "null" : Json.write(result);
  }
}
