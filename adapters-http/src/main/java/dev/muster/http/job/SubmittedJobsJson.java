package dev.muster.http.job;

import dev.muster.domain.job.JobSpec;
import dev.muster.ports.in.job.JobSubmission;
import dev.muster.ports.in.job.JobSubmission.Submitted;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Many jobs that are submitted at once, on the wire. */
final class SubmittedJobsJson {
  private static final String JOBS = "jobs";

  static final Shape<List<JobSpec>> SPECS =
      in -> {
        var jobs =
            in.required(
                JOBS,
                Kinds.list(Kinds.object(JobJson.SPEC), JobSubmission.MOST_JOBS)
                    .as(SubmittedJobsJson::notEmpty));
        return jobs::get;
      };

  private SubmittedJobsJson() {}

  private static List<JobSpec> notEmpty(List<JobSpec> specs) {
    if (specs.isEmpty()) {
      throw new IllegalArgumentException("must have at least one entry");
    }
    return specs;
  }

  static ObjectNode of(List<Submitted> submitted) {
    return listed(submitted, JobJson::of);
  }

  /** The answer as it may be stored. */
  static ObjectNode withoutTokens(List<Submitted> submitted) {
    return listed(submitted, job -> JobJson.withoutToken(JobJson.of(job)));
  }

  private static ObjectNode listed(List<Submitted> submitted, Function<Submitted, ObjectNode> of) {
    var json = Json.object();
    var jobs = json.putArray(JOBS);
    submitted.forEach(job -> jobs.add(of.apply(job)));
    return json;
  }
}
