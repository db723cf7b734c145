package dev.muster.server.tracing;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.Job;
import dev.muster.tracing.Span;
import dev.muster.tracing.Tracing;
import java.time.Instant;

/** What spans say of a job: which one it is, and never what is in it. */
final class JobSpan {
  private JobSpan() {}

  static Span begin(Tracing tracing, String name, Job job, Instant since) {
    Span span = tracing.begin(Span.Kind.INTERNAL, name, job.spec().trace(), since);
    return describe(span, job);
  }

  static Span describe(Span span, Job job) {
    span.with("muster.job.id", job.id().toString())
        .with("muster.job.type", job.spec().type())
        .with("muster.job.attempt", job.attempt())
        .with("muster.job.status", job.status().wireName())
        .with("muster.tenant.id", job.tenant().toString());
    return job.agent() instanceof AgentId agent
        ? span.with("muster.agent.id", agent.toString())
        : span;
  }
}
