package dev.muster.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.scheduling.WhatIf;
import dev.muster.domain.scheduling.WhatIf.PlanChange;
import dev.muster.domain.scheduling.WhatIf.TenantChange;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.http.Wire;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.scheduling.SchedulerSimulation.Question;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Simulations over HTTP. */
class SimulationsTest {
  private static final String PATH = "/api/v1/admin/scheduler/simulate";

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
  void a_question_may_name_nothing_at_all() {
    assertThat(ask("{}").status()).isEqualTo(200);
    assertThat(question())
        .isEqualTo(
            new Question(
                new WhatIf(Map.of(), Map.of(), List.of(), Set.of()),
                Duration.ofMinutes(1),
                null,
                Duration.ofDays(1)));
  }

  @Test
  void a_question_names_plans_tenants_and_agents() {
    var reply =
        ask(
            """
            {"plans": {"free": {"max_concurrent_jobs": 4, "weight": 3}, "pro": null},
             "tenants": {"acme": {"weight": 7, "task_max_concurrent": 0, "suspended": true}},
             "add_agents": [{"count": 2, "capabilities": ["nmap"], "tools": ["curl"],
               "region": "eu", "worker_type": "scan", "max_concurrent": 9}, {}],
             "remove_agents": ["%s"], "assume_run_seconds": 5, "assume_failures": 0.25,
             "horizon_seconds": 3600}
            """
                .formatted(Samples.ID));

    assertThat(reply.status()).isEqualTo(200);
    var changes = question().changes();
    assertThat(changes.plans()).isEqualTo(Map.of(PlanName.FREE, new PlanChange(4, null, 3)));
    assertThat(changes.tenants())
        .isEqualTo(Map.of(new TenantSlug("acme"), new TenantChange(7, 0, true)));
    assertThat(changes.removed()).containsExactly(new AgentId(Samples.ID));
    assertThat(question().assumedRun()).isEqualTo(Duration.ofSeconds(5));
    assertThat(question().assumedFailures()).isEqualTo(0.25);
    assertThat(reply.json().path("assume_failures").asDouble()).isEqualTo(0.25);
    assertThat(question().horizon()).isEqualTo(Duration.ofHours(1));
    assertThat(changes.added()).hasSize(3).doesNotHaveDuplicates();
    var first = changes.added().getFirst();
    assertThat(first.abilities()).isEqualTo(Abilities.of(Set.of("nmap"), Set.of("curl"), "eu"));
    assertThat(first.workerType()).isEqualTo("scan");
    assertThat(first.slots()).isEqualTo(9);
    assertThat(first.tenant().isSystem()).isTrue();
    assertThat(changes.added().getLast().workerType()).isEqualTo("task");
    assertThat(changes.added().getLast().slots()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"x\":1}                                        | /x",
        "{\"plans\":{\"gold\":{}}}                        | /plans/gold",
        "{\"plans\":{\"free\":{\"weight\":0}}}            | /plans/free/weight",
        "{\"tenants\":[]}                                 | /tenants",
        "{\"tenants\":{\"a_b\":{}}}                       | /tenants/a_b",
        "{\"tenants\":{\"acme\":null}}                    | /tenants/acme",
        "{\"tenants\":{\"acme\":{\"plan\":\"pro\"}}}      | /tenants/acme/plan",
        "{\"add_agents\":[{\"count\":0}]}                 | /add_agents/0/count",
        "{\"add_agents\":[{\"count\":600},{\"count\":600}]} | /add_agents",
        "{\"remove_agents\":[\"x\"]}                      | /remove_agents/0",
        "{\"assume_run_seconds\":0}                       | /assume_run_seconds",
        "{\"assume_failures\":1.01}                       | /assume_failures",
        "{\"assume_failures\":-1}                         | /assume_failures",
        "{\"assume_failures\":\"0.5\"}                    | /assume_failures",
        "{\"horizon_seconds\":604801}                     | /horizon_seconds",
      })
  void a_question_that_makes_no_sense_is_422_with_a_pointer(String body, String pointer) {
    var reply = ask(body);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    assertThat(api.calls.count()).isZero();
  }

  @Test
  void the_answer_shows_both_futures_side_by_side() {
    var json = ask("{\"tenants\":{\"zeta\":{\"weight\":2}}}").json();

    assertThat(json.path("as_of").asString()).isEqualTo("2026-01-31T12:00:00.123456Z");
    assertThat(json.path("replayed").asInt()).isEqualTo(5);
    assertThat(json.path("left_out").asInt()).isEqualTo(2);
    assertThat(json.path("horizon_seconds").asInt()).isEqualTo(86_400);
    assertThat(json.at("/now/waits/longest_seconds").asDouble()).isEqualTo(90);
    assertThat(json.at("/changed/waits/longest_seconds").asDouble()).isEqualTo(30);
    assertThat(json.at("/changed/waits/p50_seconds").asDouble()).isEqualTo(1.5);
    assertThat(json.at("/changed/waits/last_start_at").asString())
        .isEqualTo("2026-01-31T12:00:30.123456Z");
    assertThat(json.at("/now/waits/would_not_start").asInt()).isEqualTo(2);
    assertThat(json.path("assume_failures").isNull()).isTrue();
    assertThat(json.at("/now/ends/expired").asInt()).isEqualTo(2);
    assertThat(json.at("/now/ends/retries").asInt()).isEqualTo(7);
    assertThat(json.at("/now/ends/completed").asInt()).isEqualTo(1);
    assertThat(json.at("/now/ends/failed").asInt()).isEqualTo(1);
    assertThat(json.at("/now/ends/under_way").asInt()).isEqualTo(1);
    assertThat(json.at("/now/ends/not_started").asInt()).isZero();
    assertThat(json.at("/now/tenants/0/ends/expired").asInt()).isEqualTo(1);
    assertThat(json.at("/now/priorities/0/ends/retries").asInt()).isEqualTo(7);
    assertThat(json.at("/now/no_agent_fits").asInt()).isEqualTo(1);
    assertThat(json.at("/now/slots").asInt()).isEqualTo(8);
    assertThat(json.at("/now/priorities/0/priority").asString()).isEqualTo("high");
    assertThat(json.at("/now/tenants/0/slug").asString()).isEqualTo("zeta");
    assertThat(json.at("/now/tenants/0/waits/last_start_at").isNull()).isTrue();
    assertThat(json.at("/now/tenants/1/waits/jobs").asInt()).isEqualTo(4);
  }

  @Test
  void a_server_that_simulates_already_says_when_to_come_again() {
    api.calls.refuse(Refusal.Code.NOT_READY);

    var reply = ask("{}");

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).contains("5");
  }

  @Test
  void only_operators_ask() {
    assertThat(api.send("POST", PATH, AccessFake.USER, "{}").status()).isEqualTo(403);
  }

  private Wire.Reply ask(String body) {
    return api.send("POST", PATH, AccessFake.OPERATOR, body);
  }

  private Question question() {
    return (Question) api.calls.last().getFirst();
  }
}
