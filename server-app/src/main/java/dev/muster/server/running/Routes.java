package dev.muster.server.running;

import dev.muster.application.scheduling.DispatchService;
import dev.muster.http.route.Route;
import java.util.List;

/** Every route with the services behind it. */
final class Routes {
  private Routes() {}

  static List<Route> of(Wiring wiring, DispatchService dispatch) {
    return List.of();
  }
}
