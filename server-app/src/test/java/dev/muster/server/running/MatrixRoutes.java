package dev.muster.server.running;

import static java.util.stream.Collectors.toMap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a right request of each route looks like, and what happens to somebody of the right kind to
 * whom the thing does not belong. A route that is missing here fails the build.
 *
 * <p>A line: method and path, what of the world stands in its places, body, and what strangers of
 * the right audience are answered: a status, or {@code own} where the route is about the caller's
 * own things and names nobody else's; behind it the status that the rightful caller gets, too,
 * where the world has nothing of the kind. In the order in which those call them at the end.
 */
final class MatrixRoutes {
  /** Those that ask for no credential, because what is sent is the proof, or there is none. */
  static final Set<String> OPEN =
      Set.of(
          "GET /healthz",
          "GET /readyz",
          "GET /openapi.yaml",
          "GET /docs",
          "POST /api/v1/platform-agents/register",
          "POST /api/v1/agents/register",
          "POST /api/agent/v1/register",
          "POST /api/v1/agents/register-local");

  private static final String AGENTS =
      """
      POST /api/v1/agents/{id}/heartbeat | id=agent | {} | 403
      POST /api/v1/{agent}/heartbeat | | {"active_jobs": [{"id": "${job}", "attempt": 1}]} | own
      POST /api/v1/{agent}/jobs/claim | | {"max_jobs": 1, "wait_seconds": 0} | own
      POST /api/v1/{agent}/jobs/{id}/logs | id=job | {"attempt": 1, "lines": [{"seq": 1, "stream": "stdout", "at": "2026-01-31T12:00:00Z", "text": "forged"}]} | 404
      POST /api/v1/{agent}/jobs/{id}/status | id=job | {"attempt": 1, "status": "running"} | 404
      POST /api/v1/{agent}/jobs/status | | {"reports": [{"id": "${job}", "attempt": 1, "status": "running"}]} | own
      GET /api/v1/{agent}/update | | | own
      GET /api/v1/{agent}/update/{sequence}/artifact | sequence=sequence | | 404 404
      POST /api/v1/{agent}/update/result | | {"sequence": 1, "outcome": "applied"} | 404 404
      """;

  private static final String JOBS =
      """
      GET /api/v1/{jobs} | | | own
      POST /api/v1/{jobs} | | {"type": "t", "payload": {}} | own
      POST /api/v1/{jobs}/batch | | {"jobs": [{"type": "t", "payload": {}}]} | own
      POST /api/v1/{jobs}/retry | | {"filter": {"status": "cancelled"}, "dry_run": false} | own
      GET /api/v1/{jobs}/{id} | id=job | | 404
      GET /api/v1/{jobs}/{id}/attempts | id=job | | 404
      GET /api/v1/{jobs}/{id}/explain | id=job | | 404
      GET /api/v1/{jobs}/{id}/logs | id=job | | 404
      POST /api/v1/{jobs}/{id}/cancel | id=job | | 404
      POST /api/v1/{jobs}/{id}/retry | id=job | | 404
      """;

  private static final String USERS =
      """
      GET /api/v1/workers | | | own
      GET /api/v1/audit-events | | | own
      GET /api/v1/audit-events/export | | | own
      GET /api/v1/agents | | | own
      GET /api/v1/agents/{id} | id=agent | | 404
      GET /api/v1/agents/{id}/keys | id=agent | | 404
      PUT /api/v1/agents/{id}/grants | id=agent | {"permissions": ["data_read"], "note": "n"} | 404
      POST /api/v1/agents/{id}/drain | id=agent | | 404
      POST /api/v1/agents/{id}/disable | id=agent | | 404
      POST /api/v1/agents/{id}/enable | id=agent | | 404
      GET /api/v1/agents/{id}/safeguards | id=agent | | 404
      PUT /api/v1/agents/{id}/limits | id=agent | {"requests_per_minute": 1000000} | 404
      PUT /api/v1/agents/{id}/certificate-fingerprints | id=agent | {"certificate_fingerprints": []} | 404
      POST /api/v1/agents/{id}/signing-secret/rotate | id=agent | {"grace_hours": 1} | 404
      POST /api/v1/agents/{id}/signing-secret/revoke | id=agent | | 404
      POST /api/v1/agents/{id}/rotate-key | id=agent | {"grace_hours": 1} | 404
      POST /api/v1/agents/{id}/revoke-key | id=agent | | 404
      GET /api/v1/tenants/{id}/registration-tokens | id=tenant | | 404
      POST /api/v1/tenants/{id}/registration-tokens | id=tenant | {} | 404
      POST /api/v1/tenants/{id}/registration-tokens/{token_id}/revoke | id=tenant token_id=registration | {} | 404
      GET /api/v1/agent-tokens | | | own
      POST /api/v1/agent-tokens | | {"name": "more"} | own
      POST /api/v1/agent-tokens/{id}/revoke | id=agent_token | | 404
      DELETE /api/v1/agents/{id} | id=agent | | 404
      """;

  private static final String OPERATORS =
      """
      GET /api/v1/admin/tenants | | | -
      POST /api/v1/admin/tenants | | {"slug": "fresh", "name": "Fresh", "plan": "free"} | -
      GET /api/v1/admin/tenants/{slug} | slug=slug | | -
      PATCH /api/v1/admin/tenants/{slug} | slug=slug | {"name": "Other"} | -
      PUT /api/v1/admin/tenants/{slug}/worker-limit | slug=slug | {"task_max_concurrent": 1} | -
      PUT /api/v1/tenants/{slug}/worker-limit | slug=slug | {"task_max_concurrent": 0} | -
      GET /api/v1/admin/plans/{plan} | plan=plan | | -
      PUT /api/v1/admin/plans/{plan} | plan=plan | {"max_concurrent_jobs": 3, "max_queue_size": 30, "weight": 3} | -
      GET /api/v1/admin/users | | | -
      POST /api/v1/admin/users | | {"name": "new", "role": "operator"} | -
      GET /api/v1/admin/users/{id}/tokens | id=user | | -
      POST /api/v1/admin/users/{id}/tokens | id=user | {} | -
      POST /api/v1/admin/tokens/{id}/revoke | id=token | | -
      GET /api/v1/admin/bootstrap-tokens | | | -
      POST /api/v1/admin/bootstrap-tokens | | {} | -
      GET /api/v1/admin/bootstrap-tokens/{id}/registrations | id=bootstrap | | -
      POST /api/v1/admin/bootstrap-tokens/{id}/revoke | id=bootstrap | {} | -
      GET /api/v1/admin/platform-agents | | | -
      GET /api/v1/admin/platform-agents/stats | | | -
      POST /api/v1/admin/platform-agents | | {"name": "by-operator"} | -
      GET /api/v1/admin/platform-agents/{id} | id=platform | | -
      GET /api/v1/admin/platform-agents/{id}/keys | id=platform | | -
      POST /api/v1/admin/platform-agents/{id}/drain | id=platform | | -
      POST /api/v1/admin/platform-agents/{id}/disable | id=platform | | -
      POST /api/v1/admin/platform-agents/{id}/enable | id=platform | | -
      POST /api/v1/admin/platform-agents/{id}/rotate-key | id=platform | {"grace_hours": 0} | -
      POST /api/v1/admin/platform-agents/{id}/revoke-key | id=platform | | -
      POST /api/v1/admin/shared-agent-pool | | {} | -
      POST /api/shared-agent-pool | | {} | -
      GET /api/v1/admin/shared-agent-pool | | | -
      POST /api/v1/admin/shared-agent-pool/rotate-key | | | -
      GET /api/v1/admin/platform-jobs/stats | | | -
      POST /api/v1/admin/scheduler/simulate | | {} | -
      GET /api/v1/admin/audit-events | | | -
      GET /api/v1/admin/audit-events/export | | | -
      GET /api/v1/admin/tenants/{slug}/audit-retention | slug=slug | | -
      PUT /api/v1/admin/tenants/{slug}/audit-retention | slug=slug | {"days": 400} | -
      GET /api/v1/admin/releases | | | -
      POST /api/v1/admin/releases | | {"sequence": 1, "version": "1.0.0", "length": 2, "sha256": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"} | -
      GET /api/v1/admin/releases/{sequence} | sequence=sequence | | -
      PUT /api/v1/admin/releases/{sequence}/artifact | sequence=sequence | {} | - 415
      POST /api/v1/admin/releases/{sequence}/rollout | sequence=sequence | {"percentage": 1} | -
      POST /api/v1/admin/releases/{sequence}/pause | sequence=sequence | | -
      POST /api/v1/admin/releases/{sequence}/halt | sequence=sequence | | -
      DELETE /api/v1/admin/platform-agents/{id} | id=platform | | -
      POST /api/v1/admin/tenants/{slug}/suspend | slug=slug | | -
      POST /api/v1/admin/tenants/{slug}/resume | slug=slug | | -
      """;

  private MatrixRoutes() {}

  /**
   * A route's expectations.
   *
   * @param route method and path, as the router has them
   * @param places what stands in the places of the path, by the names of the world's things
   * @param body or empty
   * @param strangers what somebody of the right kind is answered whose it is not
   * @param rightful what may be answered to whose it is, beside that it was done
   */
  record Expected(
      String route, Map<String, String> places, String body, String strangers, int rightful) {
    String method() {
      return route.substring(0, route.indexOf(' '));
    }

    /** The path for a request. */
    String path(Map<String, String> things) {
      String path = route.substring(route.indexOf(' ') + 1);
      for (Map.Entry<String, String> place : places.entrySet()) {
        path = path.replace("{" + place.getKey() + "}", thing(things, place.getValue()));
      }
      return path;
    }

    /** The body for a request, or null for none. */
    String body(Map<String, String> things) {
      return body.isEmpty() ? null : body.replace("${job}", thing(things, "job"));
    }

    private static String thing(Map<String, String> things, String name) {
      if (!things.containsKey(name)) {
        throw new AssertionError("the world has no " + name);
      }
      return things.get(name);
    }
  }

  /** All expectations, by their routes, in order. */
  static Map<String, Expected> all() {
    Map<String, Expected> all = new LinkedHashMap<>();
    for (String agent : List.of("platform-agent", "agent")) {
      add(all, AGENTS.replace("{agent}", agent));
    }
    for (String jobs : List.of("platform-jobs", "jobs")) {
      add(all, JOBS.replace("{jobs}", jobs));
    }
    add(all, USERS);
    add(all, OPERATORS);
    return all;
  }

  private static void add(Map<String, Expected> all, String table) {
    for (String line : table.strip().split("\n")) {
      String[] cells = line.split("\\|", -1);
      if (cells.length != 4) {
        throw new AssertionError("four cells: " + line);
      }
      String[] answers = cells[3].strip().split(" ");
      int rightful = answers.length > 1 ? Integer.parseInt(answers[1]) : 409;
      Expected expected =
          new Expected(cells[0].strip(), places(cells[1]), cells[2].strip(), answers[0], rightful);
      all.putIfAbsent(expected.route(), expected);
    }
  }

  private static Map<String, String> places(String cell) {
    return cell.isBlank()
        ? Map.of()
        : List.of(cell.strip().split(" ")).stream()
            .map(pair -> pair.split("="))
            .collect(toMap(pair -> pair[0], pair -> pair[1]));
  }
}
