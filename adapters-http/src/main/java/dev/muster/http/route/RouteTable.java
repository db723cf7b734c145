package dev.muster.http.route;

import java.util.HashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** All routes of a server. Immutable. */
public final class RouteTable {
  private final List<Route> routes;

  /** A table of these routes, none of which may be declared twice. */
  public RouteTable(List<Route> routes) {
    this.routes = List.copyOf(routes);
    var seen = new HashSet<String>();
    for (var route : routes) {
      if (!seen.add(route.toString().replaceAll("\\{[^}]*\\}", "{}"))) {
        throw new IllegalArgumentException("declared twice: " + route);
      }
    }
  }

  /** The routes in the order of their declaration. */
  public List<Route> all() {
    return routes;
  }

  /** The methods that a path answers to, empty when there is no such path. */
  public SortedSet<String> methodsOf(String path) {
    var methods = new TreeSet<String>();
    for (var route : routes) {
      if (route.path().matches(path)) {
        methods.add(route.method().name());
        if (route.method() == Method.GET) {
          methods.add("HEAD");
        }
      }
    }
    return methods;
  }
}
