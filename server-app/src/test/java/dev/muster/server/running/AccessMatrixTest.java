package dev.muster.server.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.access.Role;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.http.route.Guard;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Audience;
import dev.muster.server.running.MatrixRoutes.Expected;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every route of the router × everybody who must not get through: refused as they should be, and
 * the database is as it was. In the end the rightful callers send the very same requests and get
 * through, so that nobody was refused for another reason.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccessMatrixTest {
  private static final int UNAUTHENTICATED = 401;
  private static final int FORBIDDEN = 403;
  private static final String SYSTEM = TenantId.SYSTEM.toString();
  private static final Map<String, Expected> EXPECTED = MatrixRoutes.all();

  /** What the first was told who was not known. */
  private static final AtomicReference<String> UNKNOWN = new AtomicReference<>("");

  @TempDir private static Path folder;
  private static MatrixWorld world;

  @BeforeAll
  static void makeTheWorld() throws Exception {
    world = new MatrixWorld(folder);
  }

  @AfterAll
  static void close() {
    world.close();
  }

  /** A route that asks for a credential. */
  private record Guarded(Route route, Guard.Needs needs, Expected expected) {
    boolean isFor(Audience... audiences) {
      return Set.of(audiences).contains(needs.audience());
    }

    boolean isForUsers() {
      return isFor(Audience.USERS, Audience.USERS_AND_JOB_HOLDERS);
    }
  }

  /** What somebody sends beside the right request, and what they must be answered. */
  private interface Intruder {
    /** Nothing where this one is no intruder at that route. */
    OptionalInt refusedWith(Guarded guarded);
  }

  /**
   * Somebody who must not get through.
   *
   * @param headers names and values in turn
   * @param query to append, or empty
   */
  private record Attempt(String who, List<String> headers, String query, Intruder intruder) {
    @Override
    public String toString() {
      return who;
    }
  }

  @Order(0)
  @Test
  void every_route_of_the_router_is_in_the_matrix_and_every_line_has_its_route() {
    assertThat(EXPECTED.keySet())
        .containsExactlyInAnyOrderElementsOf(
            guarded().map(guarded -> guarded.route().toString()).toList());
  }

  @Order(0)
  @Test
  void a_route_asks_for_an_action_or_says_why_not() {
    List<String> open = new ArrayList<>();
    for (Route route : world.routes()) {
      switch (route.guard()) {
        case Guard.Needs needs -> assertThat(needs.action()).as("%s", route).isNotNull();
        case Guard.Open why -> {
          assertThat(why.why()).as("%s", route).isNotBlank();
          open.add(route.toString());
        }
      }
    }
    assertThat(open)
        .filteredOn(route -> !route.startsWith("GET /docs/"))
        .containsExactlyInAnyOrderElementsOf(MatrixRoutes.OPEN);
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("attempts")
  void nobody_gets_through_who_must_not_and_nothing_changes(Attempt attempt) throws Exception {
    Map<String, String> before = world.digest();
    Map<String, String> wrong = new LinkedHashMap<>();
    int asked = 0;
    for (Guarded guarded : guarded().toList()) {
      OptionalInt wanted = attempt.intruder().refusedWith(guarded);
      if (wanted.isPresent()) {
        asked++;
        HttpResponse<String> answer = send(guarded, attempt.headers(), attempt.query());
        if (answer.statusCode() != wanted.getAsInt() || !saysWhatItShould(answer)) {
          wrong.put(
              guarded.route().toString(),
              "%d instead of %d: %s"
                  .formatted(answer.statusCode(), wanted.getAsInt(), answer.body()));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(asked).as("routes that were tried").isPositive();
    assertThat(world.digest()).isEqualTo(before);
  }

  /** All who are unknown hear the same, and whoever lacks a permission which one it is. */
  private static boolean saysWhatItShould(HttpResponse<String> answer) {
    if (answer.statusCode() == UNAUTHENTICATED) {
      String same = answer.body().replaceAll("\"request_id\":\"[^\"]*\"", "");
      return same.equals(UNKNOWN.updateAndGet(known -> known.isEmpty() ? same : known));
    }
    return answer.statusCode() != FORBIDDEN
        || !answer.body().contains("\"forbidden\"")
        || answer.body().contains("\"permission\":\"");
  }

  @Order(2)
  @Test
  void the_rightful_callers_get_through_with_the_same_requests() throws Exception {
    Map<String, Guarded> routes =
        guarded().collect(Collectors.toMap(one -> one.route().toString(), one -> one));
    Map<String, String> wrong = new LinkedHashMap<>();
    for (Expected expected : EXPECTED.values()) {
      Guarded guarded = routes.get(expected.route());
      String who =
          switch (guarded.needs().audience()) {
            case OPERATORS -> "operator";
            case USERS, USERS_AND_JOB_HOLDERS -> "admin";
            case AGENTS -> "agent";
          };
      HttpResponse<String> answer = send(guarded, bearer(who), "");
      boolean through = answer.statusCode() < 300 || answer.statusCode() == expected.rightful();
      if (!through) {
        wrong.put(expected.route(), answer.statusCode() + " " + answer.body());
      }
    }
    assertThat(wrong).isEmpty();
  }

  static Stream<Attempt> attempts() {
    return Stream.of(withoutCredential(), withBadCredentials(), ofOtherKinds(), strangers())
        .flatMap(attempts -> attempts);
  }

  private static Stream<Attempt> withoutCredential() {
    String user = world.credentials.get("admin");
    String agent = world.credentials.get("agent");
    return Stream.of(
        unknown("no credential", List.of()),
        unknown("an empty credential", List.of("Authorization", "Bearer ")),
        unknown("another scheme", List.of("Authorization", "Basic " + user)),
        unknown("a malformed user token", authorized("mst_user_short")),
        unknown("a malformed agent key", List.of("X-API-Key", "mst_agent_" + "!".repeat(49))),
        unknown("a user token with a wrong checksum", authorized(mistyped(user))),
        unknown("an agent key with a wrong checksum", authorized(mistyped(agent))),
        unknown("the operator's token, cut", authorized(MatrixWorld.ADMIN.substring(1))),
        unknown(
            "two credentials that disagree",
            List.of("Authorization", "Bearer " + MatrixWorld.ADMIN, "X-API-Key", agent)),
        unknown(
            "an agent's id with a sibling's key",
            List.of(
                "X-Agent-Id",
                world.things.get("agent"),
                "X-Agent-Secret",
                world.credentials.get("sibling"))),
        unknown("an agent's id alone", List.of("X-Agent-Id", world.things.get("agent"))),
        unknown(
            "an operator who is an agent, too",
            List.of(
                "Authorization",
                "Bearer " + MatrixWorld.ADMIN,
                "X-Act-As-Agent",
                world.things.get("agent"),
                "X-Agent-Id",
                world.things.get("agent"))));
  }

  private static Stream<Attempt> withBadCredentials() {
    return Stream.of(
            "expired_user",
            "expired_agent",
            "revoked_user",
            "revoked_agent",
            "past_grace",
            "bootstrap",
            "registration",
            "agent_token",
            "revoked_agent_token",
            "other_job")
        .flatMap(name ->
            Stream.of(
                unknown(name, authorized(world.credentials.get(name))),
                unknown(name + " as key", List.of("X-API-Key", world.credentials.get(name)))));
  }

  private static Stream<Attempt> ofOtherKinds() {
    return Stream.of(
        unknown(
            "a revoked agent token with a name",
            with(bearer("revoked_agent_token"), "X-Agent-Name", "anybody")),
        new Attempt(
            "an agent's first call by name, on others' routes",
            with(bearer("agent_token"), "X-Agent-Name", "never-seen"),
            "",
            guarded -> when(!guarded.isFor(Audience.AGENTS), UNAUTHENTICATED)),
        new Attempt(
            "a tenant's admin on others' routes",
            bearer("admin"),
            "",
            forbiddenAt(Audience.OPERATORS, Audience.AGENTS)),
        new Attempt(
            "an agent on others' routes", bearer("agent"), "", AccessMatrixTest::whereAgentsMayNot),
        new Attempt(
            "an agent of the platform on others' routes",
            bearer("platform"),
            "",
            AccessMatrixTest::whereAgentsMayNot),
        new Attempt(
            "an operator on agents' routes", bearer("operator"), "", forbiddenAt(Audience.AGENTS)),
        new Attempt("a disabled agent", bearer("disabled"), "", forbiddenAt(Audience.values())),
        new Attempt(
            "an auditor who wants more",
            bearer("auditor"),
            "",
            guarded ->
                when(
                    guarded.isForUsers()
                        && !Role.AUDITOR
                            .permissions()
                            .contains(guarded.needs().action().permission()),
                    FORBIDDEN)),
        new Attempt(
            "an operator's token that only looks",
            bearer("reading_operator"),
            "",
            guarded -> when(!guarded.needs().action().onlyLooks(), FORBIDDEN)),
        new Attempt(
            "a tenant's admin who acts as an agent",
            acting("admin"),
            "",
            forbiddenAt(Audience.values())),
        new Attempt(
            "an agent that acts as another", acting("sibling"), "", forbiddenAt(Audience.values())),
        new Attempt(
            "an operator who acts as an agent on people's routes",
            acting("operator"),
            "",
            forbiddenAt(Audience.OPERATORS, Audience.USERS, Audience.USERS_AND_JOB_HOLDERS)));
  }

  private static Stream<Attempt> strangers() {
    return Stream.of(
        new Attempt("another tenant's admin", bearer("other_admin"), "", notTheirsAmongUsers()),
        new Attempt(
            "another tenant's admin who names the tenant",
            bearer("other_admin"),
            "?tenant_id=" + world.things.get("tenant"),
            whereTheTenantIsNamed()),
        new Attempt(
            "an admin who names the system tenant",
            bearer("admin"),
            "?tenant_id=" + SYSTEM,
            whereTheTenantIsNamed()),
        new Attempt(
            "an admin with the system tenant in headers",
            with(bearer("admin"), "X-Tenant-Id", SYSTEM, "X-Muster-Tenant", SYSTEM),
            "",
            forbiddenAt(Audience.OPERATORS, Audience.AGENTS)),
        new Attempt("another tenant's agent", bearer("other_agent"), "", notTheirsAmongAgents()),
        new Attempt("a sibling agent", bearer("sibling"), "", notTheirsAmongAgents()),
        new Attempt("an agent of the platform", bearer("platform"), "", notTheirsAmongAgents()));
  }

  private static Intruder notTheirsAmongUsers() {
    return guarded -> guarded.isForUsers() ? notTheirs(guarded) : OptionalInt.of(FORBIDDEN);
  }

  private static Intruder notTheirsAmongAgents() {
    return guarded ->
        guarded.isFor(Audience.AGENTS) ? notTheirs(guarded) : OptionalInt.of(FORBIDDEN);
  }

  /**
   * What is about the caller's own things is answered, and must change nothing of anybody else's:
   * what agents say of a job that they have not.
   */
  private static OptionalInt notTheirs(Guarded guarded) {
    String strangers = guarded.expected().strangers();
    if (!strangers.equals("own")) {
      return OptionalInt.of(Integer.parseInt(strangers));
    }
    boolean harmless =
        guarded.isFor(Audience.AGENTS) || guarded.route().method().name().equals("GET");
    return harmless ? OptionalInt.of(200) : OptionalInt.empty();
  }

  private static Intruder whereTheTenantIsNamed() {
    return guarded ->
        when(guarded.isForUsers() && guarded.route().query().contains("tenant_id"), 404);
  }

  private static OptionalInt whereAgentsMayNot(Guarded guarded) {
    return when(!guarded.isFor(Audience.AGENTS), FORBIDDEN);
  }

  private static Intruder forbiddenAt(Audience... audiences) {
    return guarded -> when(guarded.isFor(audiences), FORBIDDEN);
  }

  private static OptionalInt when(boolean refused, int status) {
    return refused ? OptionalInt.of(status) : OptionalInt.empty();
  }

  private static Attempt unknown(String who, List<String> headers) {
    return new Attempt(who, headers, "", guarded -> OptionalInt.of(UNAUTHENTICATED));
  }

  private static List<String> bearer(String credential) {
    return authorized(world.credentials.get(credential));
  }

  private static List<String> authorized(String token) {
    return List.of("Authorization", "Bearer " + token);
  }

  private static List<String> acting(String credential) {
    return with(bearer(credential), "X-Act-As-Agent", world.things.get("agent"));
  }

  private static List<String> with(List<String> headers, String... more) {
    return Stream.concat(headers.stream(), Stream.of(more)).toList();
  }

  private static String mistyped(String token) {
    char last = token.charAt(token.length() - 1);
    return token.substring(0, token.length() - 1) + (last == 'a' ? 'b' : 'a');
  }

  private static HttpResponse<String> send(Guarded guarded, List<String> headers, String query)
      throws Exception {
    Expected expected = guarded.expected();
    return world.send(
        expected.method(),
        expected.path(world.things) + query,
        expected.body(world.things),
        headers);
  }

  private static Stream<Guarded> guarded() {
    return world.routes().stream()
        .filter(route -> route.guard() instanceof Guard.Needs)
        .map(route ->
            new Guarded(route, (Guard.Needs) route.guard(), EXPECTED.get(route.toString())));
  }
}
