package dev.muster.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.update.PublisherKey;
import dev.muster.domain.update.Release;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReleaseCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void what_is_signed_with_a_new_key_is_the_publishers() throws Exception {
    Path key = folder.resolve("publisher.pem");
    Path jar = Files.writeString(folder.resolve("agent.jar"), "an artifact");

    assertThat(run("release", "keygen", key.toString())).isZero();
    PublisherKey publisher = PublisherKey.parse(printed());
    assertThat(
            run(
                "release",
                "sign",
                "--key-file",
                key.toString(),
                "--sequence",
                "7",
                "--floor",
                "5",
                "--release-version",
                "1.2.3\"",
                jar.toString()))
        .isZero();

    JsonNode json = JsonMapper.builder().build().readTree(printed());
    Release release =
        new Release(
            json.path("sequence").asLong(),
            json.path("floor").asLong(),
            json.path("version").asString(),
            json.path("least_java").asInt(),
            json.path("length").asLong(),
            json.path("sha256").asString());
    assertThat(release.version()).isEqualTo("1.2.3\"");
    assertThat(release.length()).isEqualTo(11);
    assertThat(publisher.hasSigned(release, json.path("publisher_signature").asString())).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_key_is_never_overwritten_nor_repeated_where_it_is_none() throws Exception {
    Path key = Files.writeString(folder.resolve("publisher.pem"), "not-a-key-but-secret");
    Path jar = Files.writeString(folder.resolve("agent.jar"), "an artifact");

    assertThat(run("release", "keygen", key.toString())).isEqualTo(ExitCode.FAILED.code());
    assertThat(sign(key, jar)).isEqualTo(ExitCode.FAILED.code());

    assertThat(Files.readString(key)).isEqualTo("not-a-key-but-secret");
    assertThat(out + "" + err).doesNotContain("not-a-key");
  }

  @Test
  void a_key_that_others_can_read_is_not_used() throws Exception {
    Path key = folder.resolve("publisher.pem");
    Path jar = Files.writeString(folder.resolve("agent.jar"), "an artifact");
    run("release", "keygen", key.toString());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

    assertThat(sign(key, jar)).isEqualTo(ExitCode.FAILED.code());
    assertThat(err.toString()).contains("chmod 600");
  }

  @Test
  void what_is_no_release_is_a_wrong_command_line() throws Exception {
    Path key = folder.resolve("publisher.pem");
    Path jar = Files.writeString(folder.resolve("agent.jar"), "an artifact");
    run("release", "keygen", key.toString());

    assertThat(
            run(
                "release",
                "sign",
                "--key-file",
                key.toString(),
                "--sequence",
                "7",
                "--floor",
                "8",
                "--release-version",
                "1",
                jar.toString()))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(run("release")).isEqualTo(ExitCode.USAGE.code());
  }

  private int sign(Path key, Path jar) {
    return run(
        "release",
        "sign",
        "--key-file",
        key.toString(),
        "--sequence",
        "7",
        "--release-version",
        "1",
        jar.toString());
  }

  private int run(String... arguments) {
    CommandLine program = MusterServer.commandLine();
    program.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return program.execute(arguments);
  }

  private String printed() {
    String text = out.toString().strip();
    out.getBuffer().setLength(0);
    return text;
  }
}
