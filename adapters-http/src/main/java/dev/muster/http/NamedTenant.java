package dev.muster.http;

import dev.muster.http.route.Request;
import dev.muster.ports.in.access.Caller;
import dev.muster.wire.caller.Ids;
import dev.muster.wire.problem.Rejection;

/**
 * The tenant that a query names. Which tenant a caller acts for comes from the credential: to name
 * another is refused for all routes at once, so that none can forget it.
 */
final class NamedTenant {
  private static final String PARAMETER = "tenant_id";

  private NamedTenant() {}

  /**
   * Whoever is no operator may name no tenant but their own; what is no id is the shape's to
   * refuse.
   *
   * @throws Rejection 404, as for a tenant that does not exist
   */
  static void mustBeTheCallers(Request request, Caller caller) {
    var named = Ids.parse(request.parameters().path(PARAMETER).asString(""));
    if (named != null && !caller.isOperator() && !named.equals(caller.tenant().value())) {
      throw Rejection.notFound();
    }
  }
}
