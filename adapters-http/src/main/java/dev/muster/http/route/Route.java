package dev.muster.http.route;

import dev.muster.domain.access.Action;
import dev.muster.ports.in.access.Audience;
import java.util.Set;

/**
 * One operation of the API.
 *
 * @param maxBody the largest body in bytes
 * @param creates whether it creates something, so that it takes an {@code Idempotency-Key}
 * @param query the query parameters it knows; any other is refused
 */
public record Route(
    Method method,
    PathTemplate path,
    Guard guard,
    int maxBody,
    boolean creates,
    Set<String> query) {
  private static final int MIB = 1 << 20;
  private static final String ADMIN = "/api/v1/admin";

  /** Checks that what stands under the operators' prefix is the operators'. */
  public Route {
    query = Set.copyOf(query);
    boolean operators = guard instanceof Guard.Needs n && n.audience() == Audience.OPERATORS;
    if (path.isUnder(ADMIN) && !operators) {
      throw new IllegalArgumentException(path.text() + " must be for operators only");
    }
  }

  /** A route for an audience, with an action's permission. */
  public static Route of(
      Method method, String path, Action action, Audience audience, Handler handler) {
    var guard = new Guard.Needs(action, audience, handler);
    return new Route(method, new PathTemplate(path), guard, MIB, false, Set.of());
  }

  /** A route for anybody. */
  public static Route open(Method method, String path, String why, OpenHandler handler) {
    var guard = new Guard.Open(why, handler);
    return new Route(method, new PathTemplate(path), guard, MIB, false, Set.of());
  }

  /** The same as one that creates something. */
  public Route creating() {
    return new Route(method, path, guard, maxBody, true, query);
  }

  /** The same with another largest body, in MiB. */
  public Route withBodyOfMib(int mebibytes) {
    return new Route(method, path, guard, mebibytes * MIB, creates, query);
  }

  /** The same with query parameters. */
  public Route withQuery(String... names) {
    return new Route(method, path, guard, maxBody, creates, Set.of(names));
  }

  /** The same behind another guard. */
  public Route guardedBy(Guard other) {
    return new Route(method, path, other, maxBody, creates, query);
  }

  /** Method and path, as they are declared. */
  @Override
  public String toString() {
    return method + " " + path.text();
  }
}
