package dev.muster.server.tracing;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.job.JobId;
import dev.muster.domain.job.JobSpec;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tracing.TraceParent;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.JobSubmission;
import dev.muster.tracing.Span;
import dev.muster.tracing.Tracing;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Submitting, as {@code job.submit}; what becomes of the jobs goes on below it. Thread-safe. */
public final class TracedSubmission implements JobSubmission {
  private final JobSubmission submission;
  private final Tracing tracing;

  /** Around a port. */
  public TracedSubmission(JobSubmission submission, Tracing tracing) {
    this.submission = submission;
    this.tracing = tracing;
  }

  @Override
  public Outcome<Submitted> submit(Caller caller, JobSpec spec) {
    Span span = begin(caller, spec.trace());
    return ended(
        span,
        () ->
            submission
                .submit(caller, spec.inTrace(span.context()))
                .map(submitted -> {
                  JobSpan.describe(span, submitted.standing().job());
                  return submitted;
                }));
  }

  @Override
  public Outcome<List<Submitted>> submitAll(Caller caller, List<JobSpec> specs) {
    Span span = begin(caller, specs.isEmpty() ? null : specs.getFirst().trace());
    span.with("muster.jobs", specs.size());
    List<JobSpec> traced = specs.stream().map(spec -> spec.inTrace(span.context())).toList();
    return ended(span, () -> submission.submitAll(caller, traced));
  }

  private Span begin(Caller caller, @Nullable TraceParent parent) {
    return tracing
        .begin(Span.Kind.INTERNAL, "job.submit", parent)
        .with("muster.tenant.id", caller.tenant().toString());
  }

  private static <T> Outcome<T> ended(Span span, Supplier<Outcome<T>> work) {
    try {
      Outcome<T> outcome = work.get();
      if (outcome instanceof Outcome.Refused<T> refused) {
        span.failed(refused.refusal().code().wireName());
      }
      return outcome;
    } catch (RuntimeException failure) {
      span.failed(failure.getClass().getSimpleName());
      throw failure;
    } finally {
      span.end();
    }
  }

  @Override
  public Secret tokenOf(TenantId tenant, JobId job) {
    return submission.tokenOf(tenant, job);
  }
}
