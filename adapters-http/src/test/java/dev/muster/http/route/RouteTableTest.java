package dev.muster.http.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.access.Action;
import dev.muster.ports.in.access.Audience;
import dev.muster.wire.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  private static final Answer ANSWER = Answer.ok(Json.object());

  @Test
  void what_is_under_admin_is_for_operators_only() {
    var path = "/api/v1/admin/tenants";

    assertThatThrownBy(() -> Route.open(Method.GET, path, "no reason", r -> ANSWER))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Route.of(Method.GET, path, Action.TENANT_LIST, Audience.USERS, (r, c) -> ANSWER))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatCode(() ->
            Route.of(Method.GET, path, Action.TENANT_LIST, Audience.OPERATORS, (r, c) -> ANSWER))
        .doesNotThrowAnyException();
  }

  @Test
  void there_are_two_ways_to_guard_a_route_and_both_say_why() {
    assertThat(Guard.class.getPermittedSubclasses())
        .containsExactlyInAnyOrder(Guard.Open.class, Guard.Needs.class);
    assertThatThrownBy(() -> Route.open(Method.GET, "/x", " ", r -> ANSWER))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Route.of(Method.GET, "/x", null, Audience.USERS, (r, c) -> ANSWER))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Route.of(Method.GET, "/x", Action.JOB_GET, null, (r, c) -> ANSWER))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void no_route_is_declared_twice_whatever_its_places_are_called() {
    var one = Route.of(Method.GET, "/jobs/{id}", Action.JOB_GET, Audience.USERS, (r, c) -> ANSWER);
    var two =
        Route.of(Method.GET, "/jobs/{job_id}", Action.JOB_GET, Audience.USERS, (r, c) -> ANSWER);

    assertThatThrownBy(() -> new RouteTable(List.of(one, two)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_path_knows_its_methods() {
    var table =
        new RouteTable(
            List.of(
                Route.of(
                    Method.GET, "/jobs/{id}", Action.JOB_GET, Audience.USERS, (r, c) -> ANSWER),
                Route.of(
                    Method.POST,
                    "/jobs/{id}/cancel",
                    Action.JOB_CANCEL,
                    Audience.USERS,
                    (r, c) -> ANSWER)));

    assertThat(table.methodsOf("/jobs/1")).containsExactly("GET", "HEAD");
    assertThat(table.methodsOf("/jobs/1/cancel")).containsExactly("POST");
    assertThat(table.methodsOf("/jobs/")).isEmpty();
    assertThat(table.methodsOf("/jobs")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "jobs", "/jobs/", "//jobs", "/Jobs", "/jobs/{}", "/jobs/{id}x"})
  void a_path_has_a_regular_form(String path) {
    assertThatThrownBy(() -> new PathTemplate(path)).isInstanceOf(IllegalArgumentException.class);
  }
}
