package dev.muster.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own each, which is the only way to see what ends one. */
class LastWordTest {
  @TempDir private Path folder;

  @Test
  void an_error_that_ends_a_thread_ends_the_server_whatever_an_orderly_stop_would_wait_for()
      throws Exception {
    assertThat(exitCode(DyingServer.BY_ERROR)).as(log()).isEqualTo(ExitCode.FAILED.code());
    assertThat(log())
        .contains("serve ended with " + ExitCode.DATABASE.code())
        .contains("event=thread_died thread=planning fatal=true")
        .contains("OutOfMemoryError: imagined");
  }

  @Test
  void an_exception_that_ends_a_thread_is_told_and_the_server_goes_on() throws Exception {
    assertThat(exitCode(DyingServer.BY_EXCEPTION)).as(log()).isEqualTo(DyingServer.ALIVE);
    assertThat(log()).contains("event=thread_died thread=planning fatal=false");
  }

  private int exitCode(String death) throws Exception {
    Process server = start(death);
    try {
      assertThat(server.waitFor(60, TimeUnit.SECONDS)).as(log()).isTrue();
      return server.exitValue();
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private Process start(String death) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            DyingServer.class.getName(),
            death);
    builder.directory(folder.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "MUSTER_DB_URL",
                "jdbc:postgresql://127.0.0.1:1/muster",
                "MUSTER_DB_USER",
                "muster",
                "MUSTER_DB_PASSWORD",
                "of-nothing",
                "MUSTER_MASTER_KEY",
                "ab".repeat(32)));
    return builder.redirectErrorStream(true).redirectOutput(file().toFile()).start();
  }

  private Path file() {
    return folder.resolve("log");
  }

  private String log() throws Exception {
    return Files.exists(file()) ? Files.readString(file()) : "";
  }
}
