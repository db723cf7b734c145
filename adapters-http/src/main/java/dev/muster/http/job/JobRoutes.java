package dev.muster.http.job;

import dev.muster.domain.access.Action;
import dev.muster.domain.job.JobId;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Handler;
import dev.muster.http.route.Method;
import dev.muster.http.route.Paging;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.JobControl;
import dev.muster.ports.in.job.JobQueries;
import dev.muster.ports.in.job.JobStanding;
import dev.muster.ports.in.job.JobSubmission;
import dev.muster.wire.caller.Ids;
import dev.muster.wire.problem.Outcomes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Jobs, as those who submit them see them. */
public final class JobRoutes {
  /** Two names for one resource. */
  static final List<String> NAMES = List.of("/api/v1/platform-jobs", "/api/v1/jobs");

  private static final int BATCH_MIB = 8;

  private final JobSubmission submission;
  private final JobControl control;
  private final JobQueries queries;
  private final JobLogs logs;

  /** Routes to ports. */
  public JobRoutes(JobSubmission submission, JobControl control, JobQueries queries) {
    this.submission = submission;
    this.control = control;
    this.queries = queries;
    this.logs = new JobLogs(queries);
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return NAMES.stream().flatMap(this::routes).toList();
  }

  private Stream<Route> routes(String jobs) {
    var job = jobs + "/{id}";
    return Stream.of(
        Route.of(Method.POST, jobs, Action.JOB_SUBMIT, Audience.USERS, new Submit(jobs)).creating(),
        Route.of(
                Method.POST,
                jobs + "/batch",
                Action.JOB_SUBMIT,
                Audience.USERS,
                new SubmitMany(submission))
            .creating()
            .withBodyOfMib(BATCH_MIB),
        Route.of(Method.GET, jobs, Action.JOB_LIST, Audience.USERS, this::list)
            .withQuery(JobJson.LIST),
        holders(Method.GET, job, Action.JOB_GET, this::find),
        holders(Method.POST, job + "/cancel", Action.JOB_CANCEL, this::cancel),
        Route.of(Method.POST, job + "/retry", Action.JOB_RETRY, Audience.USERS, this::retry),
        holders(Method.GET, job + "/attempts", Action.JOB_ATTEMPTS, this::attempts),
        holders(Method.GET, job + "/logs", Action.JOB_LOGS, logs::read)
            .withQuery(JobLogs.PARAMETERS));
  }

  private static Route holders(Method method, String path, Action action, Handler handler) {
    return Route.of(method, path, action, Audience.USERS_AND_JOB_HOLDERS, handler);
  }

  /** Submitting under one of the names. The job's token is stored nowhere, but derived again. */
  private final class Submit implements Handler {
    private final String jobs;

    Submit(String jobs) {
      this.jobs = jobs;
    }

    @Override
    public Answer handle(Request request, Caller caller) {
      var spec = request.read(JobJson.SPEC).inTrace(request.origin().trace());
      var submitted = Outcomes.valueOf(submission.submit(caller, spec));
      var answer = JobJson.of(submitted);
      return Answer.created(address(submitted.standing().job().id()), answer)
          .replayedAs(JobJson.withoutToken(answer));
    }

    @Override
    public String repeated(String recorded, @Nullable String location, Caller caller) {
      var id = location == null ? null : Ids.parse(location.substring(address("").length()));
      return id == null
          ? recorded
          : JobJson.withToken(recorded, submission.tokenOf(caller.tenant(), new JobId(id)));
    }

    private String address(Object id) {
      return jobs + "/" + id;
    }
  }

  private Answer list(Request request, Caller caller) {
    var wanted = request.query(JobJson.WANTED);
    return Paging.answer(queries.list(caller, wanted.filter(), wanted.page()), JobJson::of);
  }

  private Answer find(Request request, Caller caller) {
    return answer(queries.find(caller, id(request)));
  }

  private Answer cancel(Request request, Caller caller) {
    request.readNothing();
    return answer(control.cancel(caller, id(request)));
  }

  private Answer retry(Request request, Caller caller) {
    request.readNothing();
    return answer(control.retry(caller, id(request)));
  }

  private Answer attempts(Request request, Caller caller) {
    var attempts = Outcomes.valueOf(queries.attempts(caller, id(request)));
    return Answer.ok(JobJson.attempts(attempts));
  }

  private static Answer answer(Outcome<JobStanding> outcome) {
    return Answer.ok(JobJson.of(Outcomes.valueOf(outcome)));
  }

  private static JobId id(Request request) {
    return new JobId(request.id("id"));
  }
}
