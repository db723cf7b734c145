package dev.muster.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.access.Action;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.http.GateFake;
import dev.muster.http.HttpServer;
import dev.muster.http.HttpSettings;
import dev.muster.http.audit.AuditRoutes;
import dev.muster.http.audit.NotingRoutes;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.audit.AuditQueries;
import dev.muster.ports.in.audit.AuditQueries.AuditFilter;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exports of the audit log, how long it is kept, and reads that are noted. */
class AuditTest {
  private static final String EXPORT = "/api/v1/audit-events/export";
  private static final String DAYS = "/api/v1/admin/tenants/acme/audit-retention";

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void an_export_is_json_lines_or_a_table() {
    var json = api.call("GET", EXPORT + "?request_id=r-1&action=job.submit", AccessFake.USER);
    assertThat(json.status()).isEqualTo(200);
    assertThat(json.header("Content-Type")).hasValueSatisfying(t -> t.startsWith("application/x"));
    assertThat(json.header("Content-Disposition").orElse("")).contains("audit-events.ndjson");
    assertThat(json.text().lines()).hasSize(1);
    assertThat(((AuditFilter) api.calls.last().getFirst()).requestId()).isEqualTo("r-1");

    var csv = api.call("GET", EXPORT + "?format=csv", AccessFake.USER);
    assertThat(csv.header("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(csv.text().lines()).hasSize(2);

    assertThat(api.call("GET", EXPORT + "?format=xml", AccessFake.USER).status()).isEqualTo(422);
    assertThat(api.call("GET", EXPORT + "?limit=1", AccessFake.USER).status()).isEqualTo(422);
  }

  @Test
  void everyones_log_is_for_operators() {
    var path = "/api/v1/admin/audit-events/export";

    assertThat(api.call("GET", path, AccessFake.OPERATOR).status()).isEqualTo(200);
    assertThat(api.call("GET", path, AccessFake.USER).status()).isEqualTo(403);
    assertThat(api.call("GET", EXPORT, AccessFake.AGENT).status()).isEqualTo(403);
  }

  @Test
  void how_long_entries_are_kept_is_said_in_days() {
    assertThat(api.call("GET", DAYS, AccessFake.OPERATOR).json().path("days").asInt()).isZero();
    var set = api.send("PUT", DAYS, AccessFake.OPERATOR, "{\"days\": 90}");
    assertThat(set.json().path("days").asInt()).isEqualTo(90);
    assertThat(api.calls.last()).isEqualTo(List.of(new TenantSlug("acme"), 90));
    for (var wrong : List.of("{}", "{\"days\": -1}", "{\"days\": null}", "{\"days\": 36501}")) {
      assertThat(api.send("PUT", DAYS, AccessFake.OPERATOR, wrong).status()).isEqualTo(422);
    }
  }

  @Test
  void an_export_ends_with_its_readers_credential_and_cannot_be_taken_for_whole() {
    var access = new AccessFake();
    var read = new int[1];
    AuditQueries endless =
        new Endless(() -> {
          if (++read[0] == 3) {
            access.revoke(AccessFake.USER);
          }
          return Collections.nCopies(1_000, Samples.auditEntry());
        });
    try (var server =
            HttpServer.start(
                HttpSettings.at("127.0.0.1", 0),
                new HttpServer.Collaborators(
                    access,
                    new GateFake(),
                    (caller, key, fingerprint, work) -> Outcome.done(work.get()),
                    List::of,
                    () -> {}),
                new AuditRoutes(endless).routes());
        var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + EXPORT))
              .header("Authorization", "Bearer " + AccessFake.USER)
              .build();

      assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(IOException.class);
      assertThat(read[0]).isEqualTo(3);
    }
  }

  @Test
  void a_read_is_noted_by_its_action_and_path_before_it_is_answered() {
    List<String> noted = new ArrayList<>();
    var routes =
        new NotingRoutes((caller, action, what) -> noted.add(action.wireName() + " " + what))
            .over(Api.routes());
    try (var server =
        HttpServer.start(
            HttpSettings.at("127.0.0.1", 0),
            new HttpServer.Collaborators(
                new AccessFake(),
                new GateFake(),
                (caller, key, fingerprint, work) -> Outcome.done(work.get()),
                List::of,
                () -> {}),
            routes)) {
      var reply =
          new dev.muster.http.Wire(server.port())
              .request(
                  "GET",
                  "/api/v1/jobs?limit=1",
                  null,
                  List.of("Authorization: Bearer " + AccessFake.USER, "Connection: close"));

      assertThat(reply.status()).isEqualTo(200);
      assertThat(noted).containsExactly(Action.JOB_LIST.wireName() + " /api/v1/jobs");
    }
  }

  /** A log without an end. */
  private record Endless(Parts parts) implements AuditQueries {
    @Override
    public Parts export(Caller caller, AuditFilter filter, int most) {
      return parts;
    }

    @Override
    public Page<AuditEntry> list(Caller caller, AuditFilter filter, PageRequest page) {
      return new Page<>(List.of(), null);
    }
  }
}
