package dev.muster.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.JobSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracedRequestsTest {
  private static final String JOBS = "/api/v1/platform-jobs";
  private static final String ONE = "{\"type\":\"scan\",\"payload\":{}}";
  private static final String AGENT = "/api/v1/platform-agent";
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String HEADER = "traceparent: " + TRACE;

  private Api api;

  @BeforeEach
  void start() {
    api = new Api();
    api.requests.switchOn();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_job_goes_on_below_the_request_that_submits_it() {
    api.send("POST", JOBS, AccessFake.USER, ONE, HEADER);

    assertThat(api.requests.ended()).containsExactly("POST " + JOBS + " 201 " + TRACE);
    assertThat(((JobSpec) api.calls.last().getFirst()).trace()).isEqualTo(RequestsFake.BELOW);
  }

  @Test
  void a_request_is_noted_by_its_route_however_it_ends() {
    api.call("GET", JOBS + "/nonsense", AccessFake.USER);

    assertThat(api.requests.ended()).containsExactly("GET " + JOBS + "/{id} 404 null");
  }

  @Test
  void of_whoever_is_not_let_in_nothing_is_noted() {
    api.call("GET", JOBS + "/" + Samples.ID, "mst_user_unknown", HEADER);

    assertThat(api.requests.ended()).isEmpty();
  }

  @Test
  void of_agents_only_what_is_part_of_a_trace_is_noted_and_no_log_lines() {
    String status = "{\"attempt\": 1, \"status\": \"running\"}";
    String lines =
        "{\"attempt\": 1, \"lines\": [{\"seq\": 1, \"stream\": \"stdout\","
            + " \"at\": \"2026-01-01T00:00:00Z\", \"text\": \"t\"}]}";
    String job = AGENT + "/jobs/" + Samples.ID;
    api.send("POST", AGENT + "/jobs/claim", AccessFake.AGENT, "{}");
    api.send("POST", AGENT + "/heartbeat", AccessFake.AGENT, "{}");
    api.send("POST", job + "/status", AccessFake.AGENT, status);
    api.send("POST", job + "/status", AccessFake.AGENT, status, HEADER);
    api.send("POST", job + "/logs", AccessFake.AGENT, lines, HEADER);

    assertThat(api.requests.ended())
        .containsExactly("POST " + AGENT + "/jobs/{id}/status 200 " + TRACE);
  }

  @Test
  void what_is_open_to_anybody_is_not_noted() {
    api.call("GET", "/healthz", "", HEADER);

    assertThat(api.requests.ended()).isEmpty();
  }
}
