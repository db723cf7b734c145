package dev.muster.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.Wire.Reply;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log of a job, in parts and followed. */
class FollowedLogTest {
  private static final String JOB = "/api/v1/platform-jobs/" + Samples.ID;

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
  void a_log_is_read_in_parts() {
    api.log.say("one");
    api.log.say("two");

    var first = api.call("GET", JOB + "/logs?limit=1", AccessFake.USER);
    assertThat(first.json().at("/lines/0/text").asString()).isEqualTo("one");
    assertThat(first.json().path("next_after").asInt()).isEqualTo(1);
    var rest = api.call("GET", JOB + "/logs?after=1", AccessFake.USER);
    assertThat(rest.json().at("/lines/0/text").asString()).isEqualTo("two");
    assertThat(api.call("GET", JOB + "/logs?after=-1", AccessFake.USER).status()).isEqualTo(422);
  }

  @Test
  void a_log_is_followed_until_the_job_has_ended() throws Exception {
    api.log.say("before");
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var stream = pool.submit(this::follow);
      api.calls.awaitCount(4);
      api.log.say("while");
      api.log.end();

      var text = stream.get(20, TimeUnit.SECONDS).text();
      assertThat(text).contains("id: 1\ndata: {").contains("\"before\"").contains("\"while\"");
      assertThat(text.indexOf("\"before\"")).isLessThan(text.indexOf("\"while\""));
      assertThat(text).endsWith("event: end\ndata: {}\n\n");
    }
  }

  @Test
  void head_of_a_stream_is_answered_at_once() {
    var head = api.call("HEAD", JOB + "/logs?follow=true", AccessFake.USER);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void a_stream_ends_when_the_credential_is_revoked() throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var stream = pool.submit(this::follow);
      api.calls.awaitCount(4);

      api.access.revoke(AccessFake.USER);

      assertThat(stream.get(20, TimeUnit.SECONDS).text()).doesNotContain("event: end");
    }
  }

  @Test
  void a_stream_ends_when_the_server_stops() throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var stream = pool.submit(this::follow);
      api.calls.awaitCount(4);

      api.close();

      assertThat(stream.get(9, TimeUnit.SECONDS).status()).isEqualTo(200);
    }
  }

  private Reply follow() {
    return api.call("GET", JOB + "/logs?follow=true", AccessFake.USER);
  }
}
