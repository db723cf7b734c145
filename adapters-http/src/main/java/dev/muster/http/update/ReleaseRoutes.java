package dev.muster.http.update;

import dev.muster.domain.access.Action;
import dev.muster.domain.update.Release;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Handler;
import dev.muster.http.route.Method;
import dev.muster.http.route.Paging;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.update.ReleaseAdministration;
import dev.muster.ports.in.update.ReleaseAdministration.ReleaseStanding;
import dev.muster.wire.problem.Outcomes;
import java.util.List;

/** Releases, for operators. */
public final class ReleaseRoutes {
  private static final String RELEASES = "/api/v1/admin/releases";
  private static final String RELEASE = "/{sequence}";
  private static final int MOST_MIB = (int) (Release.MOST_BYTES >> 20);

  private final ReleaseAdministration releases;

  /** Routes to a port. */
  public ReleaseRoutes(ReleaseAdministration releases) {
    this.releases = releases;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        route(Method.GET, "", Action.RELEASE_LIST, this::list)
            .withQuery(Paging.LIMIT, Paging.CURSOR),
        route(Method.POST, "", Action.RELEASE_CREATE, this::announce).creating(),
        route(Method.GET, RELEASE, Action.RELEASE_LIST, this::find),
        route(Method.PUT, RELEASE + "/artifact", Action.RELEASE_CREATE, this::upload)
            .withBodyOfMib(MOST_MIB),
        route(Method.POST, RELEASE + "/rollout", Action.RELEASE_ROLLOUT, this::rollOut),
        route(Method.POST, RELEASE + "/pause", Action.RELEASE_ROLLOUT, this::pause),
        route(Method.POST, RELEASE + "/halt", Action.RELEASE_ROLLOUT, this::halt));
  }

  private static Route route(Method method, String rest, Action action, Handler handler) {
    return Route.of(method, RELEASES + rest, action, Audience.OPERATORS, handler);
  }

  private Answer list(Request request, Caller caller) {
    var page = Outcomes.valueOf(releases.list(caller, request.query(Paging.SHAPE)));
    return Paging.answer(page, ReleaseJson::of);
  }

  private Answer announce(Request request, Caller caller) {
    var made = Outcomes.valueOf(releases.announce(caller, request.read(ReleaseJson.NEW)));
    var location = RELEASES + "/" + made.release().release().sequence();
    return Answer.created(location, ReleaseJson.of(made));
  }

  private Answer find(Request request, Caller caller) {
    return answer(releases.find(caller, request.number("sequence")));
  }

  private Answer upload(Request request, Caller caller) {
    return answer(
        releases.upload(
            caller, request.number("sequence"), chunks -> request.body().readBytes(chunks::next)));
  }

  private Answer rollOut(Request request, Caller caller) {
    var reach = request.read(ReleaseJson.REACH);
    return answer(releases.rollOut(caller, request.number("sequence"), reach));
  }

  private Answer pause(Request request, Caller caller) {
    request.readNothing();
    return answer(releases.pause(caller, request.number("sequence")));
  }

  private Answer halt(Request request, Caller caller) {
    request.readNothing();
    return answer(releases.halt(caller, request.number("sequence")));
  }

  private static Answer answer(Outcome<ReleaseStanding> outcome) {
    return Answer.ok(ReleaseJson.of(Outcomes.valueOf(outcome)));
  }
}
