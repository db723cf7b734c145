package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A server whose database goes away says so, and goes on when it is back. */
class DatabaseAwayIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @AutoClose private static final Workshop WORKSHOP = new Workshop();

  @Test
  void requests_are_told_to_come_back_and_nothing_is_lost() throws Exception {
    TestDatabase database = WORKSHOP.later(TestDatabase.open());
    CuttableLine line = WORKSHOP.later(CuttableLine.to(TestPostgres.shared().port()));
    ServerProcess server =
        WORKSHOP.later(
            ServerProcess.start(
                WORKSHOP.file("server.log"),
                List.of(
                    database.environment(
                        "jdbc:postgresql://127.0.0.1:%d/%s"
                            .formatted(line.port(), database.name())))));
    Operator operator = Operator.of(server);
    Customer acme = operator.customer("acme", "pro", "shared");
    String job = acme.submit("{\"type\": \"t\", \"payload\": {}}");
    ApiClient anyone = new ApiClient(server.url(), "");

    line.cut();

    Await.until(PATIENCE, "not ready", () -> anyone.get("/readyz").status() == 503);
    assertUnavailable(anyone.get("/readyz"), "not_ready", "unavailable");
    assertThat(anyone.get("/healthz").status()).isEqualTo(200);
    assertUnavailable(acme.api().get("/api/v1/platform-jobs/" + job), "unavailable");
    assertUnavailable(
        acme.api().post("/api/v1/platform-jobs", "{\"type\": \"t\", \"payload\": {}}"),
        "unavailable");

    line.mend();

    Await.until(PATIENCE, "ready again", () -> anyone.get("/readyz").status() == 200);
    assertThat(acme.status(job)).isEqualTo("queued");
    assertThat(acme.api().all("/api/v1/platform-jobs")).hasSize(1);
    SimulatedAgent agent = operator.agent("patient", 5);
    Await.until(PATIENCE, "the job to be given out", () -> !agent.claim(1).isEmpty());
    assertThat(server.program().log()).doesNotContain("\tat ");
  }

  private static void assertUnavailable(ApiClient.Answer answer, String... codes) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("application/problem+json");
    assertThat(answer.header("Retry-After").orElse("")).matches("[0-9]+");
    assertThat(answer.code()).isIn((Object[]) codes);
  }
}
