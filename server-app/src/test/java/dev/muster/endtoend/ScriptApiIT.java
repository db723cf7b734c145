package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scripts on an agent that serves several tenants, and what they reach of the server with the token
 * of their own job.
 */
class ScriptApiIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static TestDatabase database;
  private static Customer acme;
  private static Customer globex;
  private static ApiClient anyone;
  private static AgentProcess agent;

  @BeforeAll
  static void start_a_server_and_an_agent_that_lets_scripts_call_it() throws Exception {
    database = WORKSHOP.later(TestDatabase.open());
    ServerProcess server =
        WORKSHOP.later(
            ServerProcess.start(WORKSHOP.file("server.log"), List.of(database.environment())));
    Operator operator = Operator.of(server);
    acme = operator.customer("acme", "pro", "shared");
    globex = operator.customer("globex", "pro", "shared");
    anyone = new ApiClient(server.url(), "");
    WORKSHOP.write("scripting.yaml", "connectors: {script: {api: true}}\n");
    agent =
        WORKSHOP.later(
            AgentProcess.start(
                WORKSHOP,
                "scripting",
                server.url(),
                Map.of("MUSTER_BOOTSTRAP_TOKEN", operator.bootstrapToken(1))));
    agent.awaitOnline(operator);
  }

  @Test
  void a_script_reads_its_own_job_and_nothing_else_of_any_tenant() throws Exception {
    String neighbour = waiting(acme);
    String foreign = waiting(globex);
    JsonNode submitted =
        submit(
            acme,
            """
            const jobs = '/api/v1/platform-jobs';
            const own = api.get(jobs + '/{job_id}');
            log('I am ' + own.body.id);
            const tried = {
              neighbour: api.get(jobs + '/' + config.neighbour).status,
              foreign: api.get(jobs + '/' + config.foreign).status,
              cancel: api.post(jobs + '/' + config.foreign + '/cancel', {}).status,
              list: api.get(jobs).status,
              submit: api.post(jobs, {type: 't', payload: {}}).status,
              complete: api.put('/api/v1/jobs/{job_id}/status', {status: 'completed'}).status,
              retry: api.post(jobs + '/{job_id}/retry', {}).status,
              admin: api.get('/api/v1/admin/tenants').status,
              agents: api.get('/api/v1/agents').status,
              audit: api.get('/api/v1/audit-events').status
            };
            return {status: own.status, id: own.body.id, tenant: own.body.tenant_id,
                state: own.body.status, attempts: api.get(jobs + '/{job_id}/attempts').status,
                logs: api.get(jobs + '/{job_id}/logs').status, tried};
            """,
            Map.of("neighbour", neighbour, "foreign", foreign));
    String job = submitted.path("job").path("id").asString();

    acme.awaitStatus(job, "completed", PATIENCE);

    JsonNode value = acme.job(job).path("result").path("value");
    assertThat(value.path("status").asInt()).isEqualTo(200);
    assertThat(value.path("id").asString()).isEqualTo(job);
    assertThat(value.path("tenant").asString()).isEqualTo(acme.id());
    assertThat(value.path("state").asString()).isEqualTo("running");
    assertThat(value.path("attempts").asInt()).isEqualTo(200);
    assertThat(value.path("logs").asInt()).isEqualTo(200);
    assertThat(value.path("tried").properties())
        .hasSize(10)
        .allMatch(entry -> entry.getValue().asInt() >= 401 && entry.getValue().asInt() <= 405);
    assertThat(acme.status(neighbour)).isEqualTo("queued");
    assertThat(globex.status(foreign)).isEqualTo("queued");
  }

  @Test
  void a_token_outlives_its_jobs_work_only_to_read_it_and_ends_with_the_job() throws Exception {
    JsonNode submitted = submit(acme, "return api.get('/api/v1/jobs/{job_id}').status;", Map.of());
    String job = submitted.path("job").path("id").asString();
    String token = submitted.path("auth_token").asString();
    ApiClient holder = new ApiClient(anyone.server(), token);
    acme.awaitStatus(job, "completed", PATIENCE);

    assertThat(holder.get("/api/v1/jobs/" + job).expect(200).path("status").asString())
        .isEqualTo("completed");
    assertThat(holder.post("/api/v1/jobs/" + job + "/cancel", "{}").status()).isEqualTo(409);
    assertThat(holder.post("/api/v1/jobs/" + job + "/retry", "{}").status()).isEqualTo(401);
    assertThat(acme.status(job)).isEqualTo("completed");

    database.run("DELETE FROM jobs WHERE id = '" + job + "'");
    assertThat(holder.get("/api/v1/jobs/" + job).status()).isEqualTo(401);

    assertThat(agent.log() + acme.audit(job)).doesNotContain(token);
  }

  @Test
  void a_script_may_give_its_own_job_up() throws Exception {
    JsonNode submitted =
        submit(
            acme,
            "api.post('/api/v1/jobs/{job_id}/cancel', {}); log('asked'); while (true) {}",
            Map.of());
    String job = submitted.path("job").path("id").asString();

    acme.awaitStatus(job, "cancelled", PATIENCE);

    assertThat(acme.api().get("/api/v1/jobs/" + job + "/logs").expect(200).toString())
        .contains("asked");
  }

  /** A job that no agent here can take. */
  private static String waiting(Customer tenant) throws Exception {
    return tenant.submit("{\"type\": \"t\", \"payload\": {}, \"capabilities\": [\"elsewhere\"]}");
  }

  private static JsonNode submit(Customer tenant, String source, Map<String, String> config)
      throws Exception {
    String payload =
        JSON.writeValueAsString(Map.of("connector", "script", "source", source, "config", config));
    return tenant
        .api()
        .post("/api/v1/platform-jobs", "{\"type\": \"s\", \"payload\": %s}".formatted(payload))
        .expect(201);
  }
}
