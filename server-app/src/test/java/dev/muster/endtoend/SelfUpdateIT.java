package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A release on its way: signed by its publisher, rolled out, taken by an agent, or undone. Here an
 * agent looks by itself every ten minutes; what is sooner, the server has asked it for.
 */
class SelfUpdateIT {
  private static final Path LAUNCHER = Path.of("../agent-cli/src/packaging/bin/muster-agent");
  private static final Duration LONGEST = Duration.ofSeconds(120);

  private final Workshop workshop = new Workshop();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private Operator operator;
  private Path publisher;
  private Path state;
  private Process launcher;

  @BeforeEach
  void start_a_server_and_a_launcher_that_trusts_a_publisher() throws Exception {
    TestDatabase database = workshop.later(TestDatabase.open());
    ServerProcess server =
        workshop.later(
            ServerProcess.start(workshop.file("server.log"), List.of(database.environment())));
    operator = Operator.of(server);
    publisher = workshop.file("publisher.pem");
    String trusted = command("release", "keygen", publisher.toString());
    state = workshop.privateFolder("updating");
    Files.copy(JavaProgram.agentJar(), state.resolve("muster-agent.jar"));
    workshop.write("updating.yaml", "shutdown-grace: 1s\n");
    environment.putAll(
        AgentProcess.environment(
            workshop,
            "updating",
            server.url(),
            Map.of(
                "MUSTER_BOOTSTRAP_TOKEN",
                operator.bootstrapToken(1),
                "MUSTER_UPDATE_PUBLISHER_KEYS",
                trusted,
                "MUSTER_UPDATE_PROOF",
                "1s",
                "MUSTER_LAUNCHER_PAUSE",
                "0",
                "JAVA_HOME",
                System.getProperty("java.home"))));
    ProcessBuilder builder = new ProcessBuilder("sh", LAUNCHER.toString(), "run");
    builder.environment().keySet().removeIf(name -> !List.of("PATH", "HOME").contains(name));
    builder.environment().putAll(environment);
    launcher =
        builder
            .redirectErrorStream(true)
            .redirectOutput(workshop.file("launcher.log").toFile())
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    List<ProcessHandle> family = launcher.descendants().toList();
    launcher.destroyForcibly().waitFor();
    family.forEach(ProcessHandle::destroyForcibly);
    workshop.close();
  }

  @Test
  void a_good_release_becomes_the_agent_and_a_broken_one_is_undone() throws Exception {
    Path good = another("good.jar");
    release(1, good);
    awaitCount(1, "applied");
    assertThat(installed()).hasSameBinaryContentAs(good);

    Path broken = Files.write(workshop.file("broken.jar"), new byte[5_000]);
    release(2, broken);
    awaitCount(2, "reverted");
    assertThat(installed()).hasSameBinaryContentAs(good);

    assertThat(operator.api().all("/api/v1/admin/audit-events?action=agent.self_update_applied"))
        .hasSize(1);
    assertThat(operator.api().all("/api/v1/admin/audit-events?action=agent.self_update_reverted"))
        .hasSize(1);
  }

  @Test
  void what_another_publisher_signed_is_never_installed() throws Exception {
    Path stranger = workshop.file("stranger.pem");
    command("release", "keygen", stranger.toString());
    publisher = stranger;

    release(1, another("strange.jar"));

    awaitCount(1, "rejected");
    assertThat(installed()).hasSameBinaryContentAs(JavaProgram.agentJar());
  }

  private Path installed() {
    return state.resolve("muster-agent.jar");
  }

  private void release(long sequence, Path jar) throws Exception {
    String announced =
        command(
            "release",
            "sign",
            "--key-file",
            publisher.toString(),
            "--sequence",
            "" + sequence,
            "--release-version",
            "1." + sequence,
            jar.toString());
    String releases = "/api/v1/admin/releases";
    operator.api().post(releases, announced).expect(201);
    operator
        .api()
        .send(
            HttpRequest.newBuilder(
                    URI.create(operator.api().server() + releases + "/" + sequence + "/artifact"))
                .header("Authorization", "Bearer " + operator.api().token())
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofFile(jar))
                .build())
        .expect(200);
    operator
        .api()
        .post(releases + "/" + sequence + "/rollout", "{\"percentage\": 100}")
        .expect(200);
  }

  private void awaitCount(long sequence, String outcome) throws Exception {
    Await.until(
        LONGEST,
        "a release to be " + outcome,
        () -> {
          assertThat(launcher.isAlive())
              .as(Files.readString(workshop.file("launcher.log")))
              .isTrue();
          JsonNode release = operator.api().get("/api/v1/admin/releases/" + sequence).expect(200);
          return release.path("agents").path(outcome).asInt() == 1;
        });
  }

  /** The same agent with other bytes. */
  private Path another(String name) throws Exception {
    Path made = workshop.file(name);
    try (ZipFile shipped = new ZipFile(JavaProgram.agentJar().toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(made))) {
      for (ZipEntry entry : shipped.stream().toList()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        shipped.getInputStream(entry).transferTo(out);
      }
      out.setComment(name);
    }
    return made;
  }

  /** Runs one of the server's commands; answers what it printed. */
  private String command(String... arguments) throws Exception {
    Path log = Files.createTempFile(workshop.file("."), "command", ".log");
    JavaProgram program =
        JavaProgram.start(JavaProgram.serverJar(), List.of(arguments), Map.of(), log);
    assertThat(program.exitCode()).as(program.log()).isZero();
    program.close();
    return program.log().strip();
  }
}
