package dev.muster.agent.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.fake.Answer;
import dev.muster.agent.fake.Awaiting;
import dev.muster.agent.fake.FakeServer;
import dev.muster.agent.fake.Seen;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that are jars, their launcher, and a server that offers them another version. */
class SelfUpdateTest {
  private static final String JOB = "018f0000-0000-7000-8000-000000000001";
  private static final Duration LONGEST = Duration.ofSeconds(120);
  private static final List<String> DASH = Host.SHELLS.getFirst();

  @TempDir private Path folder;
  private FakeServer server;
  private Publishing publishing;
  private Host host;
  private byte[] old = new byte[0];

  @BeforeEach
  void prepare() throws Exception {
    server = new FakeServer();
    server.registration(Publishing.REGISTRATION);
    publishing = new Publishing();
    host = new Host(folder);
    host.environment.put("BACKEND_URL", server.url().toString());
    host.environment.put("MUSTER_BOOTSTRAP_TOKEN", "abcdef.0123456789abcdef");
    host.environment.put("AGENT_NAME", "a1");
    host.environment.put("MUSTER_POLL_SECONDS", "1");
    host.environment.put("MUSTER_UPDATE_PROOF", "1s");
    host.environment.put("MUSTER_UPDATE_TRIAL", "60s");
    host.environment.put("MUSTER_UPDATE_PUBLISHER_KEYS", publishing.pinned());
    old = Jars.agent("1.0");
    Files.write(host.files.jar(), old);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void an_offer_becomes_the_version_that_runs_and_the_server_hears_of_it() throws Exception {
    byte[] fresh = Jars.agent("4.0");
    server.offer(publishing.offer(Publishing.release(4, fresh)), fresh);
    server.next("result", Answer.problem(503, "not_ready"));
    Process launcher = host.start(DASH);
    try {
      Seen applied = result("applied");

      assertThat(applied.body().path("sequence").asLong()).isEqualTo(4);
      assertThat(applied.body().path("version").asString()).isEqualTo("4.0");
      assertThat(Files.readAllBytes(host.files.jar())).isEqualTo(fresh);
      assertThat(Files.readAllBytes(host.files.before())).isEqualTo(old);
      assertThat(host.files.trial()).doesNotExist();
      assertThat(host.shelf().floor()).isEqualTo(1);
      assertThat(server.seen("heartbeat").getLast().body().path("version").asString())
          .isEqualTo("4.0");
      launcher.destroy();
      assertThat(launcher.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(launcher.exitValue()).isZero();
    } finally {
      Host.end(launcher);
    }
    assertThat(Files.readString(host.log())).doesNotContain(Publishing.UPDATE_KEY);
  }

  @Test
  void a_jar_that_is_none_is_undone_and_the_old_version_tells_why() throws Exception {
    byte[] random = new byte[4000];
    new java.util.Random(3).nextBytes(random);
    Process launcher = host.start(DASH);
    try {
      awaitCall("update");
      server.offer(publishing.offer(Publishing.release(4, random)), random);
      server.control("{\"type\":\"update\"}");

      Seen reverted = result("reverted");

      assertThat(reverted.body().path("cause").asString()).isEqualTo("crashed");
      assertThat(reverted.body().path("version").asString()).isEqualTo("1.0");
      assertThat(Files.readAllBytes(host.files.jar())).isEqualTo(old);
      assertThat(result("rejected").body().path("cause").asString()).isEqualTo("failed_before");
    } finally {
      Host.end(launcher);
    }
  }

  @Test
  void a_version_that_no_server_answers_makes_way_and_may_come_again() throws Exception {
    host.environment.put("MUSTER_UPDATE_TRIAL", "2s");
    byte[] fresh = Jars.agent("4.0");
    Process launcher = host.start(DASH);
    try {
      awaitCall("update");
      server.offer(publishing.offer(Publishing.release(4, fresh)), fresh);
      server.control("{\"type\":\"update\"}");
      awaitCall("artifact");
      // What a load balancer says for a server that is gone.
      server.always(
          "claim", new Answer.Sent(503, "text/html", "<html></html>", java.util.Map.of()));

      Seen reverted = result("reverted");

      assertThat(reverted.body().path("cause").asString()).isEqualTo("server_away");
      assertThat(reverted.body().path("version").asString()).isEqualTo("1.0");
      assertThat(host.shelf().failed()).isEmpty();
      Awaiting.until("another trial", LONGEST, () -> server.seen("artifact").size() >= 2);
    } finally {
      Host.end(launcher);
    }
  }

  @Test
  void with_a_pinned_key_a_server_cannot_push_a_jar_of_its_own() throws Exception {
    byte[] hostile = Jars.agent("6.6.6");
    server.offer(new Publishing().offer(Publishing.release(4, hostile)), hostile);
    Process launcher = host.start(DASH);
    try {
      assertThat(result("rejected").body().path("cause").asString())
          .isEqualTo("bad_publisher_signature");
      server.submit(JOB, "{\"tool\": \"none\"}");
      server.awaitStatus(JOB, "failed");
    } finally {
      Host.end(launcher);
    }
    assertThat(server.seen("artifact")).isEmpty();
    assertThat(Files.readAllBytes(host.files.jar())).isEqualTo(old);
  }

  @Test
  void an_agent_ends_with_its_launcher() throws Exception {
    Process launcher = host.start(DASH);
    try {
      awaitCall("claim");
      List<ProcessHandle> agent = launcher.descendants().toList();
      launcher.destroyForcibly().waitFor();

      Awaiting.until("the end", LONGEST, () -> agent.stream().noneMatch(ProcessHandle::isAlive));
    } finally {
      Host.end(launcher);
    }
    assertThat(Files.readString(host.log(), StandardCharsets.UTF_8))
        .contains("event=stopping reason=REQUESTED");
  }

  private void awaitCall(String call) throws InterruptedException {
    Awaiting.until(call, LONGEST, () -> !server.seen(call).isEmpty());
  }

  private Seen result(String outcome) throws InterruptedException {
    Awaiting.until(
        outcome,
        LONGEST,
        () -> {
          long seen =
              server.seen("result").stream()
                  .filter(each -> each.body().path("outcome").asString("").equals(outcome))
                  .count();
          return seen > (outcome.equals("applied") ? 1 : 0);
        });
    return server.seen("result").stream()
        .filter(each -> each.body().path("outcome").asString("").equals(outcome))
        .findFirst()
        .orElseThrow();
  }
}
