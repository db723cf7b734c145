package dev.muster.http;

import dev.muster.http.api.Api;
import dev.muster.http.route.Route;
import java.util.List;
import java.util.stream.Stream;

/** Every route that a server has, without a server. */
final class AllRoutes {
  private AllRoutes() {}

  static List<Route> withFakes() {
    var health = new HealthRoutes(List::of, new Stopping()).routes();
    return Stream.of(Api.routes(), health, DocsRoutes.routes()).flatMap(List::stream).toList();
  }
}
