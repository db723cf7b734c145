package dev.muster.agent.tracing;

import dev.muster.agent.api.ClaimedJob;
import dev.muster.agent.api.JobTraces;
import dev.muster.agent.api.Lease;
import dev.muster.agent.api.StatusReport;
import dev.muster.domain.tracing.TraceParent;
import dev.muster.tracing.Span;
import dev.muster.tracing.Tracing;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The spans of the jobs that are under way here. Thread-safe. */
public final class RunTraces implements JobTraces {
  /** Connectors of others name errors too, and a name must not become a message. */
  private static final Pattern ERROR_CLASS = Pattern.compile("[a-z0-9_]{1,64}");

  private final Tracing tracing;
  private final Map<Lease, TraceParent> running = new ConcurrentHashMap<>();

  /** Spans of whoever makes them. */
  public RunTraces(Tracing tracing) {
    this.tracing = tracing;
  }

  /** A job's run begins. Close it when there is nothing more to say about the job. */
  public Run begin(ClaimedJob job) {
    Span span =
        tracing
            .begin(Span.Kind.CONSUMER, "job.run", job.trace())
            .with("muster.job.id", job.lease().job().toString())
            .with("muster.job.attempt", job.lease().attempt())
            .with("muster.job.type", job.type())
            .with("muster.tenant.id", job.tenantId().toString())
            .with("muster.tenant.slug", job.tenantSlug());
    if (span.context() instanceof TraceParent context) {
      running.put(job.lease(), context);
    }
    return new Run(job.lease(), span);
  }

  @Override
  public @Nullable TraceParent of(Lease lease) {
    return running.get(lease);
  }

  /** One job's run. For one thread. */
  public final class Run implements AutoCloseable {
    private final Lease lease;
    private final Span span;
    private boolean ended;

    private Run(Lease lease, Span span) {
      this.lease = lease;
      this.span = span;
    }

    /** Its work has ended; empty where it is somebody else's by now. */
    public void ended(Optional<StatusReport> report) {
      String outcome =
          report.map(each -> each.state().name().toLowerCase(Locale.ROOT)).orElse("lost");
      span.with("muster.job.outcome", outcome);
      report
          .map(StatusReport::error)
          .map(error ->
              ERROR_CLASS.matcher(error.errorClass()).matches() ? error.errorClass() : "other")
          .ifPresent(span::failed);
      span.end();
      ended = true;
    }

    @Override
    public void close() {
      running.remove(lease);
      if (!ended) {
        ended(Optional.empty());
      }
    }
  }
}
