package dev.muster.http.job;

import dev.muster.domain.job.JobId;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Handler;
import dev.muster.http.route.Request;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.JobSubmission;
import dev.muster.wire.problem.Outcomes;
import org.jspecify.annotations.Nullable;

/**
 * Submitting many jobs at once, all or none. There is no address of what was created: it is many
 * things. Their tokens are stored nowhere, but derived again.
 */
final class SubmitMany implements Handler {
  private final JobSubmission submission;

  SubmitMany(JobSubmission submission) {
    this.submission = submission;
  }

  @Override
  public Answer handle(Request request, Caller caller) {
    var specs =
        request.read(SubmittedJobsJson.SPECS).stream()
            .map(spec -> spec.inTrace(request.origin().trace()))
            .toList();
    var submitted = Outcomes.valueOf(submission.submitAll(caller, specs));
    return Answer.ok(SubmittedJobsJson.of(submitted))
        .withStatus(201)
        .replayedAs(SubmittedJobsJson.withoutTokens(submitted));
  }

  @Override
  public String repeated(String recorded, @Nullable String location, Caller caller) {
    return StoredTokens.fillIn(recorded, id -> submission.tokenOf(caller.tenant(), new JobId(id)));
  }
}
