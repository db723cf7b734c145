package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that is there and cannot take anything: nothing is half done. */
class DatabaseFullIT {
  private static final String JOB = "{\"type\": \"t\", \"payload\": {}}";
  private static final int QUEUE_OF_FREE = 10;

  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static final TestDatabase DATABASE = WORKSHOP.later(TestDatabase.open());
  private static ServerProcess server;
  private static Operator operator;

  @BeforeAll
  static void start_a_server() throws Exception {
    server =
        WORKSHOP.later(
            ServerProcess.start(WORKSHOP.file("server.log"), List.of(DATABASE.environment())));
    operator = Operator.of(server);
  }

  /** What PostgreSQL says: disk full, out of memory, read-only after a failover. */
  @ParameterizedTest
  @ValueSource(strings = {"53100", "53200", "25006"})
  void what_it_cannot_take_is_refused_for_now(String state) throws Exception {
    Customer acme = operator.customer("acme-" + state, "free", "shared");
    DATABASE.run(
        """
        CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'no more' USING ERRCODE = '%s'; END $$
        """
            .formatted(state),
        "CREATE TRIGGER refuse BEFORE INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION refuse()");
    for (int i = 0; i < QUEUE_OF_FREE; i++) {
      ApiClient.Answer refused = acme.api().post("/api/v1/platform-jobs", JOB);
      assertThat(refused.status()).as(refused.text()).isEqualTo(503);
      assertThat(refused.code()).isEqualTo("unavailable");
      assertThat(refused.header("Retry-After")).isPresent();
      assertThat(refused.text()).doesNotContain("no more");
    }

    DATABASE.run("DROP TRIGGER refuse ON jobs");

    assertThat(acme.api().all("/api/v1/platform-jobs")).isEmpty();
    for (int i = 0; i < QUEUE_OF_FREE; i++) {
      acme.submit(JOB);
    }
    assertThat(acme.api().post("/api/v1/platform-jobs", JOB).code()).isEqualTo("queue_full");
    assertThat(acme.api().all("/api/v1/audit-events?action=job.submit&outcome=done"))
        .hasSize(QUEUE_OF_FREE);
    assertThat(server.program().log()).doesNotContain("\tat ");
  }
}
