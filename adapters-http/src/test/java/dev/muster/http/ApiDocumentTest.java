package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.route.Guard;
import dev.muster.http.route.Route;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Holds the routes and the document together, both ways. */
class ApiDocumentTest {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z_]+)}");
  private static final ApiDocument DOCUMENT = ApiDocument.get();

  static List<Route> routes() {
    return AllRoutes.withFakes().stream()
        .filter(route -> !route.path().isUnder("/docs") || route.path().text().equals("/docs"))
        .toList();
  }

  @Test
  void every_route_is_documented_and_every_documented_route_exists() {
    assertThat(DOCUMENT.operations().keySet())
        .containsExactlyInAnyOrderElementsOf(routes().stream().map(Route::toString).toList());
  }

  @ParameterizedTest
  @MethodSource("routes")
  void the_document_says_who_may_call(Route route) {
    var operation = operation(route);

    switch (route.guard()) {
      case Guard.Open open -> {
        assertThat(operation.path("security").isEmpty()).isTrue();
        assertThat(operation.has("security")).isTrue();
        assertThat(operation.has("x-action")).isFalse();
      }
      case Guard.Needs needs -> {
        assertThat(operation.has("security")).isFalse();
        assertThat(operation.path("x-action").asString("")).isEqualTo(needs.action().wireName());
        assertThat(operation.path("x-audience").asString(""))
            .isEqualToIgnoringCase(needs.audience().name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("routes")
  void the_document_has_the_parameters_of_the_route(Route route) {
    var places = PLACE.matcher(route.path().text()).results().map(m -> m.group(1)).toList();

    assertThat(parameters(route, "path")).containsExactlyInAnyOrderElementsOf(places);
    assertThat(parameters(route, "query")).containsExactlyInAnyOrderElementsOf(route.query());
    assertThat(parameters(route, "header").contains("Idempotency-Key")).isEqualTo(route.creates());
  }

  @Test
  void every_operation_has_a_name_of_its_own_and_a_summary_and_may_be_refused() {
    var names = new TreeMap<String, String>();
    for (Map.Entry<String, JsonNode> operation : DOCUMENT.operations().entrySet()) {
      var node = operation.getValue();
      if (!DOCUMENT.isAlias(operation.getKey())) {
        assertThat(names.put(node.path("operationId").asString(""), operation.getKey())).isNull();
      }
      assertThat(node.path("summary").asString("")).as(operation.getKey()).isNotEmpty();
      assertThat(node.path("tags").size()).as(operation.getKey()).isEqualTo(1);
      assertThat(node.path("responses").has("default")).as(operation.getKey()).isTrue();
    }
  }

  @Test
  void every_reference_leads_somewhere_and_every_schema_is_used() {
    var references = references(DOCUMENT.root()).toList();

    assertThat(references)
        .allSatisfy(r -> assertThat(DOCUMENT.root().at(r).isMissingNode()).isFalse());
    for (var schema : DOCUMENT.root().at("/components/schemas").propertyNames()) {
      assertThat(references).contains("/components/schemas/" + schema);
    }
  }

  private static JsonNode operation(Route route) {
    return DOCUMENT.operations().get(route.toString());
  }

  private static List<String> parameters(Route route, String in) {
    return StreamSupport.stream(operation(route).path("parameters").spliterator(), false)
        .map(DOCUMENT::resolve)
        .filter(p -> p.path("in").asString("").equals(in))
        .map(p -> p.path("name").asString(""))
        .toList();
  }

  private static Stream<String> references(JsonNode node) {
    var own =
        node.has("$ref")
            ? Stream.of(node.get("$ref").stringValue().substring(1))
            : Stream.<String>of();
    var below =
        StreamSupport.stream(node.spliterator(), false).flatMap(ApiDocumentTest::references);
    return Stream.concat(own, below);
  }
}
