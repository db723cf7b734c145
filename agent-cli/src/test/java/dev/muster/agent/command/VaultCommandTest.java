package dev.muster.agent.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void a_secret_is_stored_from_standard_input_listed_without_its_value_and_removed()
      throws Exception {
    assertThat(
            vault(
                "hunter-22\n",
                "set",
                "api/token",
                "--for-host",
                "localhost:8443",
                "--for-tool",
                "nuclei:target=*.example.com"))
        .isEqualTo(ExitCode.OK.number());
    assertThat(out.toString()).isEqualTo("vault://local/api/token/v1\n");
    assertThat(Files.readString(file()))
        .contains("\"hunter-22\"", "localhost:8443", "*.example.com");
    assertThat(vault("", "list")).isEqualTo(ExitCode.OK.number());
    assertThat(vault("", "check")).isEqualTo(ExitCode.OK.number());
    assertThat(vault("", "remove", "api/token")).isEqualTo(ExitCode.OK.number());
    assertThat(vault("", "remove", "api/token")).isEqualTo(ExitCode.VAULT.number());
    assertThat(out.toString() + err).doesNotContain("hunter");
  }

  @Test
  void a_secret_can_be_stored_before_the_agent_has_ever_run() throws Exception {
    folder = folder.resolve("not-there-yet");
    assertThat(vault("hunter-22\n", "set", "api/token", "--for-host", "localhost"))
        .isEqualTo(ExitCode.OK.number());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void a_secret_is_stored_from_a_file() throws Exception {
    Path source = folder.resolve("source");
    Files.writeString(source, "line one\nline two\n");
    assertThat(vault("", "set", "a/key", "--from-file", source.toString(), "--for-tenant", "acme"))
        .isEqualTo(ExitCode.OK.number());
    assertThat(Files.readString(file())).contains("\"line one\\nline two\"");
  }

  @Test
  void what_is_refused_says_what_to_do_and_stores_nothing() throws Exception {
    assertThat(vault("short", "set", "a/b", "--for-host", "x")).isEqualTo(ExitCode.VAULT.number());
    assertThat(vault("hunter-22", "set", "a/b")).isEqualTo(ExitCode.VAULT.number());
    assertThat(vault("hunter-22", "set", "b", "--for-host", "x"))
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(vault("hunter-22", "set", "a/b", "hunter-22")).isEqualTo(ExitCode.USAGE.number());
    assertThat(file()).doesNotExist();
    assertThat(err.toString()).contains("--for-host").doesNotContain("Exception");
  }

  @Test
  void a_vault_that_others_can_read_is_refused() throws Exception {
    Files.writeString(file(), "{}");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(vault("", "check")).isEqualTo(ExitCode.VAULT.number());
    assertThat(err.toString()).contains("mode 0644").contains("chmod 600");
  }

  private int vault(String input, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "vault";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return MusterAgent.execute(
        all,
        Map.of("MUSTER_STATE", folder.toString()),
        new ByteArrayInputStream(input.getBytes(UTF_8)),
        new PrintWriter(out, true),
        new PrintWriter(err, true));
  }

  private Path file() {
    return folder.resolve("agent-vault.json");
  }
}
