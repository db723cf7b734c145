package dev.muster.http.job;

import dev.muster.domain.job.JobId;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Request;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.job.JobQueries;
import dev.muster.ports.in.job.JobQueries.LogPage;
import dev.muster.ports.in.job.JobQueries.StoredLine;
import dev.muster.ports.in.job.JobStanding;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import dev.muster.wire.problem.Outcomes;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The log of a job, in parts or as a stream that goes on. Thread-safe. */
final class JobLogs {
  /** The parameters of the route. */
  static final String[] PARAMETERS = {"after", "limit", "follow"};

  private static final int MOST_LINES = 1_000;

  /** Who wants to know more comes again, from where they are. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final Shape<Wanted> WANTED =
      in -> {
        var after = in.optional("after", Kinds.digits(0, Integer.MAX_VALUE));
        var limit = in.optional("limit", Kinds.digits(1, MOST_LINES));
        var follow = in.optional("follow", Kinds.flag());
        return () -> new Wanted(after.or(0), limit.or(MOST_LINES), follow.or(false));
      };

  private final JobQueries queries;

  JobLogs(JobQueries queries) {
    this.queries = queries;
  }

  private record Wanted(long after, int limit, boolean follow) {}

  Answer read(Request request, Caller caller) {
    var job = new JobId(request.id("id"));
    var wanted = request.query(WANTED);
    var first = Outcomes.valueOf(queries.logs(caller, job, wanted.after(), wanted.limit()));
    if (!wanted.follow()) {
      return Answer.ok(json(first));
    }
    var follower =
        new LogFollower(new Stored(caller, job, wanted.limit()), request.watch(), LONGEST);
    return new Answer.Stream(
        200, Map.of(), "text/event-stream", out -> follower.follow(first, out));
  }

  private static ObjectNode json(LogPage page) {
    var json = Json.object();
    var lines = json.putArray("lines");
    page.lines().forEach(line -> lines.add(json(line)));
    return json.put("next_after", page.next());
  }

  /** A line as it is told, in either form. */
  static ObjectNode json(StoredLine stored) {
    var line = stored.line();
    return Json.object()
        .put("position", stored.position())
        .put("attempt", stored.attempt())
        .put("seq", line.seq())
        .put("stream", line.stream().wireName())
        .put("at", Json.time(line.at()))
        .put("text", line.text());
  }

  /** The log of one job, as one caller may see it. */
  private final class Stored implements LogFollower.Source {
    private final Caller caller;
    private final JobId job;
    private final int limit;

    private Stored(Caller caller, JobId job, int limit) {
      this.caller = caller;
      this.job = job;
      this.limit = limit;
    }

    @Override
    public LogPage after(long place) {
      return Outcomes.valueOf(queries.logs(caller, job, place, limit));
    }

    @Override
    public boolean hasEnded() {
      return switch (queries.find(caller, job)) {
        case Outcome.Done<JobStanding> found -> found.value().job().status().isFinal();
        case Outcome.Refused<JobStanding> gone -> true;
      };
    }
  }
}
