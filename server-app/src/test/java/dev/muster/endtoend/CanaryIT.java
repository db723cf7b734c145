package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.enrolment.SharedRegistration.Version1;
import dev.muster.domain.fleet.AgentName;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every kind of secret that Muster issues or is given, shown to a server that logs all it can, in
 * every place where a caller may put it, rightly and wrongly: each stands in the answer that issued
 * it, and nowhere else.
 */
class CanaryIT {
  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static final String LOCAL_KEY = "a-local-key-that-nobody-may-see";
  private static final String PROXY_SECRET = "what-only-the-proxy-and-muster-know";
  private static final String FINGERPRINT = "ab".repeat(32);
  private static final String HEARTBEAT = "/api/v1/platform-agent/heartbeat";

  /** Where the passwords of the database of the tests are kept. */
  private static final Set<String> KEPT_IN = Set.of("server.password", "owner.password");

  private static final TestDatabase DATABASE = WORKSHOP.later(TestDatabase.open());
  private static final String NOBODY = "01920000-0000-7000-8000-000000000001";

  /** By kind, in the order in which they were issued. */
  private static final Map<String, String> SECRETS = new LinkedHashMap<>();

  /** Answers that issued nothing. */
  private static final List<String> ANSWERS = new ArrayList<>();

  private static ServerProcess server;
  private static Operator operator;

  @BeforeAll
  static void issue_one_of_each_kind() throws Exception {
    server =
        WORKSHOP.later(
            ServerProcess.start(
                WORKSHOP.file("server.log"),
                List.of(
                    DATABASE.environment(),
                    Map.of(
                        "MUSTER_LOG_LEVEL", "trace",
                        "LOCAL_MODE", "true",
                        "LOCAL_AGENT_KEY", LOCAL_KEY,
                        "MUSTER_TRUSTED_PROXIES", "127.0.0.1",
                        "MUSTER_TRUSTED_HOPS", "1",
                        "MUSTER_PROXY_SECRET", PROXY_SECRET))));
    operator = Operator.of(server);
    SECRETS.put("admin token", ServerProcess.ADMIN_TOKEN);
    SECRETS.put("master key", ServerProcess.MASTER_KEY);
    SECRETS.put("local agent key", LOCAL_KEY);
    SECRETS.put("proxy secret", PROXY_SECRET);
    SECRETS.put("database password", DATABASE.environment().get("MUSTER_DB_PASSWORD"));
    SECRETS.put("owner's password", DATABASE.environment().get("MUSTER_DB_OWNER_PASSWORD"));
    Customer acme = operator.customer("canary", "pro", "shared");
    SECRETS.put("user token", acme.api().token());
    issueAgents(acme);
    issueSigningSecrets();
    issueSharedSecrets(acme);
    issueJobs(acme);
  }

  private static void issueAgents(Customer acme) throws Exception {
    String bootstrap = operator.bootstrapToken(3);
    SECRETS.put("bootstrap token", bootstrap);
    JsonNode enrolled =
        anyone("/api/v1/platform-agents/register")
            .body("{\"bootstrap_token\": \"%s\", \"name\": \"one\"}".formatted(bootstrap))
            .expect(201);
    SECRETS.put("agent key", enrolled.path("api_key").asString());
    SECRETS.put("update key", enrolled.path("update_key").asString());
    String tokens = "/api/v1/tenants/" + acme.id() + "/registration-tokens";
    SECRETS.put(
        "registration token",
        acme.api().post(tokens, "{\"max_uses\": 3}").expect(201).path("raw_token").asString());
    JsonNode dedicated =
        anyone("/api/v1/agents/register")
            .body(
                "{\"registration_token\": \"%s\", \"hostname\": \"two\", \"version\": \"1.0.0\"}"
                    .formatted(SECRETS.get("registration token")))
            .expect(201);
    SECRETS.put("agent secret", dedicated.path("agent_secret").asString());
    SECRETS.put("another update key", dedicated.path("update_key").asString());
  }

  /** Of an agent that signs and shows a certificate besides, rightly and wrongly. */
  private static void issueSigningSecrets() throws Exception {
    SimulatedAgent agent = operator.agent("signer", 1);
    SECRETS.put("key of an agent that signs", agent.api().token());
    String rotation = "/api/v1/agents/" + agent.id() + "/signing-secret/rotate";
    String demand = "{\"require_signature\": true}";
    ApiClient.Answer issued = operatorAt(rotation).with("Idempotency-Key", "once").body(demand);
    String secret = issued.expect(201).path("signing_secret").asString();
    SECRETS.put("signing secret", secret);
    ApiClient.Answer repeated = operatorAt(rotation).with("Idempotency-Key", "once").body(demand);
    assertThat(repeated.json().path("signing_secret").isNull()).isTrue();
    ANSWERS.add(repeated.text());
    operator
        .api()
        .call(
            "PUT",
            "/api/v1/agents/" + agent.id() + "/certificate-fingerprints",
            "{\"certificate_fingerprints\": [\"%s\"]}".formatted(FINGERPRINT))
        .expect(200);

    SignedHeaders signed = SignedHeaders.of(agent, secret, HEARTBEAT, "{}");
    assertThat(heartbeat(agent, signed, PROXY_SECRET).status()).isEqualTo(200);
    assertThat(heartbeat(agent, signed, PROXY_SECRET).code()).isEqualTo("signature_replayed");
    SignedHeaders another = SignedHeaders.of(agent, "cd".repeat(32), HEARTBEAT, "{}");
    assertThat(heartbeat(agent, another, PROXY_SECRET).code()).isEqualTo("signature_invalid");
    SignedHeaders fresh = SignedHeaders.of(agent, secret, HEARTBEAT, "{}");
    assertThat(heartbeat(agent, fresh, PROXY_SECRET + "x").code())
        .isEqualTo("certificate_required");
  }

  private static ApiClient.Answer heartbeat(
      SimulatedAgent agent, SignedHeaders signed, String proxySecret) throws Exception {
    return anyone(HEARTBEAT)
        .with("Authorization", "Bearer " + agent.api().token())
        .with("X-Proxy-Secret", proxySecret)
        .with("X-Client-Cert-Fingerprint", FINGERPRINT)
        .with("X-Signature-Timestamp", signed.timestamp())
        .with("X-Signature-Nonce", signed.nonce())
        .with("X-Signature", signed.signature())
        .body("{}");
  }

  /** What many agents present, each by its own name. */
  private static void issueSharedSecrets(Customer acme) throws Exception {
    String token =
        acme.api()
            .post("/api/v1/agent-tokens", "{\"name\": \"fleet\"}")
            .expect(201)
            .path("token")
            .asString();
    SECRETS.put("agent token", token);
    HttpRequest introduction =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/agent/heartbeat"))
            .header("Authorization", "Bearer " + token)
            .header("X-Agent-Name", "four")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"agent\": {}}"))
            .build();
    JsonNode heard = operator.api().send(introduction).expect(200);
    SECRETS.put("update key of an agent by name", heard.path("update_key").asString());
    String key =
        operator
            .api()
            .post("/api/v1/admin/shared-agent-pool", "{}")
            .expect(201)
            .path("platform_key")
            .asString();
    SECRETS.put("platform key", key);
    AgentName name = new AgentName("five");
    long now = Instant.now().getEpochSecond();
    String signature =
        PlatformKey.parse(Secret.of(key)).orElseThrow().sign(Version1.text(name, now)).reveal();
    JsonNode shared =
        anyone("/api/agent/v1/register")
            .body(
                "{\"name\": \"%s\", \"timestamp\": %d, \"signature\": \"%s\"}"
                    .formatted(name, now, signature))
            .expect(201);
    SECRETS.put("shared token", shared.path("token").asString());
    SECRETS.put("update key of a shared agent", shared.path("update_key").asString());
  }

  private static void issueJobs(Customer acme) throws Exception {
    JsonNode submitted =
        acme.api().post("/api/v1/platform-jobs", "{\"type\": \"t\", \"payload\": {}}").expect(201);
    String job = "/api/v1/platform-jobs/" + submitted.path("job").path("id").asString();
    SECRETS.put("job token", submitted.path("auth_token").asString());
    ApiClient holder = new ApiClient(server.url(), SECRETS.get("job token"));
    ANSWERS.add(holder.get(job).text());
    ANSWERS.add(holder.post(job + "/cancel", "").text());
    ApiClient agent = new ApiClient(server.url(), SECRETS.get("agent key"));
    ANSWERS.add(agent.post("/api/v1/platform-agent/jobs/claim", "{}").text());
    ANSWERS.add(acme.api().get("/api/v1/audit-events").text());
  }

  @Test
  void no_secret_stands_anywhere_but_in_the_answer_that_issued_it() throws Exception {
    for (String secret : SECRETS.values()) {
      assertThat(secret).hasSizeGreaterThan(16);
      presentEverywhere(secret);
    }
    look("/api/v1/admin/users", "/api/v1/admin/bootstrap-tokens", "/api/v1/admin/platform-agents");
    look("/api/v1/admin/audit-events?limit=200", "/api/v1/admin/tenants", "/openapi.yaml");

    withWrongPasswords();

    String rows = String.join("\n", DATABASE.everything());
    String log = server.program().log() + Files.readString(WORKSHOP.file("locked-out.log"));
    assertThat(rows).as("a search that can find").contains("canary");
    assertThat(log).as("a search that can find").contains("event=unauthenticated");
    for (Map.Entry<String, String> secret : SECRETS.entrySet()) {
      SecretForms forms = SecretForms.of(secret.getValue());
      assertThat(forms.in(String.join("\n", ANSWERS)))
          .as(secret.getKey() + " in answers")
          .isEmpty();
      assertThat(forms.in(rows)).as(secret.getKey() + " in rows").isEmpty();
      assertThat(forms.in(log)).as(secret.getKey() + " in the log").isEmpty();
    }
    inFiles();
  }

  /** A server that the database does not let in tells what it was given to nobody either. */
  private static void withWrongPasswords() throws Exception {
    for (String login : List.of("MUSTER_DB_PASSWORD", "MUSTER_DB_OWNER_PASSWORD")) {
      Map<String, String> environment = ServerProcess.usual();
      environment.putAll(DATABASE.environment());
      environment.put("MUSTER_LOG_LEVEL", "trace");
      environment.merge(login, "x", String::concat);
      try (JavaProgram program =
          JavaProgram.start(
              JavaProgram.serverJar(),
              List.of("serve"),
              environment,
              WORKSHOP.file("locked-out.log"))) {
        assertThat(program.exitCode()).as(program.tail()).isEqualTo(4);
      }
    }
  }

  private static void inFiles() throws Exception {
    List<SecretForms> all = SECRETS.values().stream().map(SecretForms::of).toList();
    for (Path file : Folders.files(TestPostgres.sharedFolder())) {
      if (KEPT_IN.contains(file.getFileName().toString())) {
        continue;
      }
      String content = contentOf(file);
      all.forEach(forms -> assertThat(forms.in(content)).as(file.toString()).isEmpty());
    }
  }

  private static String contentOf(Path file) throws Exception {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException removedMeanwhile) {
      return "";
    }
  }

  private static void look(String... paths) throws Exception {
    for (String path : paths) {
      ANSWERS.add(operator.api().get(path).text());
    }
  }

  /** As a credential of each kind, and by mistake in bodies, queries and paths. */
  private static void presentEverywhere(String secret) throws Exception {
    for (String path : List.of("/api/v1/platform-jobs", "/api/v1/admin/tenants", "/nowhere")) {
      anyone(path).with("Authorization", "Bearer " + secret).get();
      anyone(path).with("Authorization", secret).get();
      anyone(path).with("Authorization", "Bearer " + secret).with("X-Agent-Name", "six").get();
      anyone(path).with("X-API-Key", secret).get();
      anyone(path).with("X-Proxy-Secret", secret).with("X-Client-Cert-Fingerprint", secret).get();
      anyone(path).with("X-Agent-Secret", secret).with("X-Agent-Id", NOBODY).get();
      anyone(path).with("Authorization", "Bearer " + secret).with("X-API-Key", "another").get();
      anyone(path + "?status=" + secret).with("traceparent", secret).get();
      anyone(path + "/" + secret).get();
      operatorAt(path + "?status=%s&cursor=%s&limit=%s".formatted(secret, secret, secret)).get();
      operatorAt(path + "/" + secret).get();
    }
    for (String path :
        List.of(
            "/api/v1/platform-agents/register",
            "/api/v1/agents/register",
            "/api/v1/agents/register-local",
            "/api/agent/v1/register",
            "/api/v1/admin/shared-agent-pool",
            "/api/v1/admin/tenants",
            "/api/v1/platform-jobs")) {
      for (String body : bodies(secret)) {
        anyone(path).with("X-Local-Agent-Key", secret + "x").body(body);
        anyone(path).with("X-Signature", secret).with("X-Signature-Nonce", secret).body(body);
        operatorAt(path).body(body);
      }
      operatorAt(path).with("Content-Type", "text/plain").body(secret);
    }
  }

  private static List<String> bodies(String secret) {
    return List.of(
        secret,
        "{\"bootstrap_token\": \"%s\", \"name\": ".formatted(secret),
        "{\"bootstrap_token\": \"%sx\", \"name\": \"three\"}".formatted(secret),
        "{\"registration_token\": \"%sx\", \"hostname\": \"three\", \"version\": \"1\"}"
            .formatted(secret),
        "{\"bootstrap_token\": [\"%s\"], \"slug\": {\"a\": \"%s\"}}".formatted(secret, secret),
        "{\"plan\": \"%s\", \"priority\": \"%s\", \"max_attempts\": \"%s\"}"
            .formatted(secret, secret, secret));
  }

  private static Call anyone(String path) {
    return new Call(path);
  }

  private static Call operatorAt(String path) {
    return new Call(path).with("Authorization", "Bearer " + ServerProcess.ADMIN_TOKEN);
  }

  /** One request, whose answer is kept. */
  private static final class Call {
    private final HttpRequest.Builder request;
    private boolean hasType;

    Call(String path) {
      request =
          HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(Duration.ofSeconds(60));
    }

    Call with(String header, String value) {
      hasType |= header.equals("Content-Type");
      request.header(header, value);
      return this;
    }

    void get() throws Exception {
      ANSWERS.add(operator.api().send(request.GET().build()).text());
    }

    ApiClient.Answer body(String body) throws Exception {
      if (!hasType) {
        request.header("Content-Type", "application/json");
      }
      ApiClient.Answer answer =
          operator.api().send(request.POST(BodyPublishers.ofString(body)).build());
      if (answer.status() != 201) {
        ANSWERS.add(answer.text());
      }
      return answer;
    }
  }
}
