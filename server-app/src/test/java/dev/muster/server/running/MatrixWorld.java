package dev.muster.server.running;

import dev.muster.endtoend.TestDatabase;
import dev.muster.http.route.Route;
import dev.muster.server.configuration.ConfigurationOutcome;
import dev.muster.server.configuration.ConfigurationReading;
import dev.muster.server.configuration.Purpose;
import dev.muster.server.configuration.ServerConfiguration;
import dev.muster.server.configuration.Sources;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole server on a real PostgreSQL with two tenants, and in them whatever somebody could want to
 * reach, and credentials in every state.
 */
final class MatrixWorld implements AutoCloseable {
  static final String ADMIN = "an-operator-of-the-matrix-who-may-do-all";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Columns that a denial may change: that somebody known was here. */
  private static final String TRACES =
      "'{last_used_at,last_seen_at,replica,connected_since,offline_noted}'::text[]";

  /** What a denial, or the server by its own clock, writes. */
  private static final String NOT_COMPARED =
      "relname ~ '^(audit_|enrolment_attempts|request_allowances|rate_|queue_counts|sweep|flyway)'";

  private final TestDatabase database = TestDatabase.open();
  private final Server server;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /** Ids and names by what they are called in {@link MatrixRoutes}. */
  final Map<String, String> things = new HashMap<>();

  /** Credentials by what they are. */
  final Map<String, String> credentials = new HashMap<>();

  MatrixWorld(Path folder) throws Exception {
    this.server = Server.start(configuration(database, folder));
    credentials.put("operator", ADMIN);
    makeTenant("acme");
    makeTenant("bolt");
    things.put("slug", "acme");
    things.put("plan", "free");
    things.put("sequence", "1");
    makeUsers();
    makeAgents();
    makeJobs();
    makeEnrolmentTokens();
    letTimePass();
  }

  private static ServerConfiguration configuration(TestDatabase database, Path folder) {
    Map<String, String> environment = new HashMap<>(database.environment());
    environment.put("MUSTER_HTTP_HOST", "127.0.0.1");
    environment.put("MUSTER_HTTP_PORT", "0");
    environment.put("GRPC_PORT", "");
    environment.put("MUSTER_ADMIN_TOKEN", ADMIN);
    environment.put("MUSTER_MASTER_KEY", "00112233445566778899aabbccddeeff".repeat(2));
    environment.put("MUSTER_RATE_LIMIT", "1000000");
    environment.put("MUSTER_LEASE_SECONDS", "3600");
    environment.put("LOCAL_MODE", "true");
    environment.put("LOCAL_AGENT_KEY", "the-key-of-local-mode");
    ConfigurationOutcome outcome =
        ConfigurationReading.read(Purpose.SERVE, new Sources(Map.of(), environment, folder));
    if (outcome instanceof ConfigurationOutcome.Valid valid) {
      return valid.configuration();
    }
    throw new AssertionError(outcome);
  }

  private void makeTenant(String slug) throws Exception {
    JsonNode tenant =
        made(
            "/api/v1/admin/tenants",
            "{\"slug\": \"%s\", \"name\": \"%s\", \"plan\": \"pro\", \"pool\": \"dedicated\"}"
                .formatted(slug, slug));
    things.put(slug.equals("acme") ? "tenant" : "other_tenant", tenant.path("id").asString());
  }

  private void makeUsers() throws Exception {
    credentials.put("admin", token(user("acme", "admin"), "{}"));
    credentials.put("auditor", token(user("acme", "auditor"), "{}"));
    credentials.put("other_admin", token(user("bolt", "admin"), "{}"));
    String member = user("acme", "member");
    things.put("user", member);
    credentials.put("expired_user", token(member, "{\"expires_in_hours\": 1}"));
    credentials.put("revoked_user", token(member, "{}"));
    String revoked = things.get("token");
    send("POST", "/api/v1/admin/tokens/" + revoked + "/revoke", null, ADMIN);
    token(member, "{\"description\": \"to be revoked\"}");
    String root =
        made("/api/v1/admin/users", "{\"name\": \"reader\", \"role\": \"operator\"}")
            .path("id")
            .asString();
    String kept = things.get("token");
    credentials.put("reading_operator", token(root, "{\"read_only\": true}"));
    things.put("token", kept);
  }

  private String user(String slug, String role) throws Exception {
    return made(
            "/api/v1/admin/users",
            "{\"name\": \"%s\", \"role\": \"%s\", \"tenant_slug\": \"%s\"}"
                .formatted(role, role, slug))
        .path("id")
        .asString();
  }

  private String token(String user, String body) throws Exception {
    JsonNode issued = made("/api/v1/admin/users/" + user + "/tokens", body);
    things.put("token", issued.at("/token/id").asString());
    return issued.path("raw_token").asString();
  }

  private void makeAgents() throws Exception {
    for (String name :
        List.of("agent", "sibling", "disabled", "expired_agent", "past_grace", "revoked_agent")) {
      join("tenant", name);
    }
    join("other_tenant", "other_agent");
    JsonNode platform = made("/api/v1/admin/platform-agents", "{\"name\": \"platform\"}");
    things.put("platform", platform.at("/agent/id").asString());
    credentials.put("platform", platform.path("api_key").asString());
    steer("disabled", "disable");
    steer("revoked_agent", "revoke-key");
    credentials.put("expired_agent", rotate("expired_agent", "{\"expires_in_hours\": 1}"));
    rotate("past_grace", "{\"grace_hours\": 24}");
  }

  private void join(String tenant, String name) throws Exception {
    String path = "/api/v1/tenants/" + things.get(tenant) + "/registration-tokens";
    String token = made(path, "{}").path("raw_token").asString();
    JsonNode joined =
        made(
            "/api/v1/agents/register",
            "{\"registration_token\": \"%s\", \"hostname\": \"%s\"}"
                .formatted(token, name.replace('_', '-')));
    things.put(name, joined.path("agent_id").asString());
    credentials.put(name, joined.path("agent_secret").asString());
  }

  private String rotate(String agent, String body) throws Exception {
    return expect(201, "POST", of(agent, "rotate-key"), body).path("api_key").asString();
  }

  private void steer(String agent, String verb) throws Exception {
    expect(200, "POST", of(agent, verb), null);
  }

  private String of(String agent, String verb) {
    return "/api/v1/agents/%s/%s?tenant_id=%s"
        .formatted(things.get(agent), verb, things.get("tenant"));
  }

  private void makeJobs() throws Exception {
    String body = "{\"type\": \"t\", \"payload\": {}%s}";
    JsonNode job = submit(body.formatted(""));
    things.put("job", job.at("/job/id").asString());
    JsonNode claimed =
        JSON.readTree(
            send("POST", "/api/v1/agent/jobs/claim", "{}", credentials.get("agent")).body());
    if (!claimed.at("/job/id").asString().equals(things.get("job"))) {
      throw new AssertionError("the agent has no job: " + claimed);
    }
    JsonNode waiting = submit(body.formatted(", \"capabilities\": [\"nobody-has-it\"]"));
    credentials.put("other_job", waiting.path("auth_token").asString());
  }

  private JsonNode submit(String body) throws Exception {
    var answer = send("POST", "/api/v1/platform-jobs", body, credentials.get("admin"));
    return JSON.readTree(answer.body());
  }

  private void makeEnrolmentTokens() throws Exception {
    JsonNode bootstrap = made("/api/v1/admin/bootstrap-tokens", "{}");
    things.put("bootstrap", bootstrap.at("/token/id").asString());
    credentials.put("bootstrap", bootstrap.path("raw_token").asString());
    String path = "/api/v1/tenants/" + things.get("tenant") + "/registration-tokens";
    JsonNode registration = made(path, "{}");
    things.put("registration", registration.at("/token/id").asString());
    credentials.put("registration", registration.path("raw_token").asString());
    JsonNode agents = agentToken("for agents");
    things.put("agent_token", agents.path("id").asString());
    credentials.put("agent_token", agents.path("token").asString());
    JsonNode revoked = agentToken("revoked");
    credentials.put("revoked_agent_token", revoked.path("token").asString());
    send(
        "POST",
        "/api/v1/agent-tokens/" + revoked.path("id").asString() + "/revoke",
        null,
        credentials.get("admin"));
  }

  private JsonNode agentToken(String name) throws Exception {
    String body = "{\"name\": \"" + name + "\"}";
    var answer = send("POST", "/api/v1/agent-tokens", body, credentials.get("admin"));
    return JSON.readTree(answer.body());
  }

  /** Hours that a test has not got. */
  private void letTimePass() throws Exception {
    database.run(
        "UPDATE user_tokens SET expires_at = now() - interval '1 second' WHERE expires_at > now()",
        "UPDATE agent_keys SET expires_at = now() - interval '1 second' WHERE expires_at > now()");
  }

  private JsonNode made(String path, String body) throws Exception {
    return expect(201, "POST", path, body);
  }

  private JsonNode expect(int status, String method, String path, String body) throws Exception {
    var answer = send(method, path, body, ADMIN);
    if (answer.statusCode() != status) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  HttpResponse<String> send(String method, String path, String body, String token)
      throws IOException, InterruptedException {
    return send(method, path, body, List.of("Authorization", "Bearer " + token));
  }

  /** Sends a request with these headers, names and values in turn. */
  HttpResponse<String> send(String method, String path, String body, List<String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The routes of the router itself. */
  List<Route> routes() {
    return server.routes();
  }

  /**
   * A digest of all rows of each table, without the traces that denials may leave: times of last
   * use, audit entries, counted attempts.
   */
  Map<String, String> digest() {
    List<String> tables =
        database.texts(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                + " AND relkind = 'r' AND NOT "
                + NOT_COMPARED
                + " ORDER BY relname");
    String each =
        tables.stream()
            .map(table ->
                "SELECT '%s ' || md5(coalesce(string_agg(row, '|' ORDER BY row), '')) FROM"
                        .formatted(table)
                    + " (SELECT (to_jsonb(t) - %s)::text AS row FROM %s AS t) AS rows"
                        .formatted(TRACES, table))
            .collect(Collectors.joining(" UNION ALL "));
    return database.texts(each).stream()
        .map(line -> line.split(" "))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
