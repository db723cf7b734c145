package dev.muster.http.enrolment;

import dev.muster.domain.access.Action;
import dev.muster.domain.credential.Secret;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Method;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.enrolment.Enrolment;
import dev.muster.wire.caller.PresentedReader;
import dev.muster.wire.problem.Outcomes;
import java.util.List;

/** How agents join. */
public final class EnrolmentRoutes {
  private static final String PLATFORM_AGENTS = "/api/v1/admin/platform-agents";
  private static final String AGENTS = "/api/v1/agents/";
  private static final Secret NO_KEY = Secret.of("");

  /** The beginning of 2026, as RFC 9745 writes a date. */
  private static final String DEPRECATED_SINCE = "@1767225600";

  private final Enrolment enrolment;

  /** Routes to a port. */
  public EnrolmentRoutes(Enrolment enrolment) {
    this.enrolment = enrolment;
  }

  /** What this slice answers to. */
  public List<Route> routes() {
    return List.of(
        Route.open(
            Method.POST,
            "/api/v1/platform-agents/register",
            "the bootstrap token is the proof",
            this::bootstrap),
        Route.open(
            Method.POST,
            "/api/v1/agents/register",
            "the registration token is the proof",
            this::register),
        Route.open(
                Method.POST,
                "/api/v1/agents/register-local",
                "the local agent key is the proof",
                this::registerLocally)
            .withQuery("rotate"),
        Route.of(
                Method.POST, PLATFORM_AGENTS, Action.AGENT_CREATE, Audience.OPERATORS, this::create)
            .creating());
  }

  private Answer bootstrap(Request request) {
    var application = request.read(EnrolmentJson.BOOTSTRAP);
    var token = application.token() == null ? NO_KEY : application.token();
    var enrolled =
        Outcomes.valueOf(
            enrolment.withBootstrapToken(
                token, application.applicant(), request.origin().forAudit()));
    return Answer.created(
        PLATFORM_AGENTS + "/" + enrolled.agent().id(), EnrolmentJson.platform(enrolled));
  }

  private Answer register(Request request) {
    var application = request.read(EnrolmentJson.REGISTRATION);
    var token = application.token();
    if (token == null) {
      return registerWithoutToken(application, request);
    }
    var enrolled =
        Outcomes.valueOf(
            enrolment.withRegistrationToken(
                token, application.applicant(), request.origin().forAudit()));
    return Answer.created(AGENTS + enrolled.agent().id(), EnrolmentJson.dedicated(enrolled));
  }

  private Answer registerWithoutToken(EnrolmentJson.Application application, Request request) {
    var enrolled =
        Outcomes.valueOf(
            enrolment.withoutToken(
                application.tenant(), application.applicant(), request.origin().forAudit()));
    return Answer.created(AGENTS + enrolled.agent().id(), EnrolmentJson.legacy(enrolled))
        .withHeader("Deprecation", DEPRECATED_SINCE);
  }

  private Answer registerLocally(Request request) {
    var key = PresentedReader.secretIn(request.headers(), "X-Local-Agent-Key");
    var rotate = request.query(EnrolmentJson.ROTATE);
    var applicant = request.read(EnrolmentJson.LOCAL);
    var ended =
        Outcomes.valueOf(
            enrolment.locally(
                key == null ? NO_KEY : key, applicant, rotate, request.origin().forAudit()));
    return switch (ended) {
      case Enrolment.LocalEnrolment.New(var enrolled) ->
          Answer.created(AGENTS + enrolled.agent().id(), EnrolmentJson.dedicated(enrolled));
      case Enrolment.LocalEnrolment.Known(var agent) -> Answer.ok(EnrolmentJson.known(agent));
    };
  }

  private Answer create(Request request, Caller caller) {
    var made = request.read(EnrolmentJson.BY_OPERATOR);
    var enrolled = Outcomes.valueOf(enrolment.byOperator(caller, made.applicant(), made.keyLife()));
    return Answer.created(
            PLATFORM_AGENTS + "/" + enrolled.agent().id(), EnrolmentJson.platform(enrolled))
        .replayedAs(EnrolmentJson.withoutKeys(enrolled));
  }
}
