package dev.muster.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What cannot work is refused at the start, with a line to act on and the documented code. */
class BadStartIT {
  private static final int CONFIGURATION = 3;
  private static final int DATABASE = 4;
  private static final int PORT = 5;
  private static final int AGENT_CONFIGURATION = 3;
  private static final int AGENT_VAULT = 5;

  @AutoClose private static final Workshop WORKSHOP = new Workshop();
  private static final TestDatabase DATABASE_OF_ITS_OWN = WORKSHOP.later(TestDatabase.open());

  @Test
  void a_port_that_is_taken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String said =
          refused(
              PORT,
              DATABASE_OF_ITS_OWN.environment(),
              Map.of("MUSTER_HTTP_PORT", "" + taken.getLocalPort()));
      assertThat(said).contains("" + taken.getLocalPort());
    }
  }

  @Test
  void a_login_that_row_level_security_does_not_hold_for() throws Exception {
    String said =
        refused(
            DATABASE,
            DATABASE_OF_ITS_OWN.environment(),
            Map.of(
                "MUSTER_DB_USER",
                DATABASE_OF_ITS_OWN.superuser().user(),
                "MUSTER_DB_PASSWORD",
                DATABASE_OF_ITS_OWN.superuser().password().reveal()));
    assertThat(said).contains("superuser");
  }

  @Test
  void a_database_that_is_newer_than_the_server() throws Exception {
    TestDatabase newer = WORKSHOP.later(TestDatabase.open());
    ServerProcess.start(WORKSHOP.file("first.log"), List.of(newer.environment())).close();
    newer.run(
        """
        INSERT INTO flyway_schema_history
          (installed_rank, version, description, type, script, installed_by, execution_time, success)
        SELECT max(installed_rank) + 1, '9999', 'from later', 'SQL', 'V9999__from_later.sql', 'x', 1, true
        FROM flyway_schema_history
        """);

    assertThat(refused(DATABASE, newer.environment(), Map.of())).contains("newer");
  }

  @Test
  void a_database_where_nobody_answers() throws Exception {
    assertThat(refused(DATABASE, nowhere(), Map.of()))
        .contains("database")
        .doesNotContain("one database login");
  }

  @Test
  void one_login_that_both_migrates_and_serves_is_told_before_it_is_used() throws Exception {
    Map<String, String> one = new LinkedHashMap<>(nowhere());
    one.keySet().removeIf(name -> name.startsWith("MUSTER_DB_OWNER"));

    assertThat(refused(DATABASE, one, Map.of()))
        .contains("event=notice text=\"one database login both migrates and serves")
        .contains("set MUSTER_DB_OWNER_USER");
  }

  @Test
  void every_mistake_in_the_configuration_is_told_at_once() throws Exception {
    Path file =
        WORKSHOP.write("muster.yaml", "http-prot: 8080\nlease-seconds: soon\nlog-format: xml\n");

    String said =
        refused(
            CONFIGURATION,
            DATABASE_OF_ITS_OWN.environment(),
            Map.of("MUSTER_CONFIG", file.toString(), "MUSTER_RATE_LIMIT", "lots"));

    assertThat(said)
        .contains("http-prot")
        .contains("lease-seconds")
        .contains("log-format")
        .contains("MUSTER_RATE_LIMIT");
  }

  @Test
  void an_external_database_without_a_master_key() throws Exception {
    assertThat(
            refused(
                CONFIGURATION, DATABASE_OF_ITS_OWN.environment(), Map.of("MUSTER_MASTER_KEY", "")))
        .contains("MUSTER_MASTER_KEY");
  }

  @Test
  void an_agent_whose_configuration_has_typos_names_all_of_them() throws Exception {
    WORKSHOP.write("typos.yaml", "capabilites: [nmap]\nmax-concurrent: many\nconectors: {}\n");

    assertThat(refusedAgent(AGENT_CONFIGURATION, "typos"))
        .contains("capabilites")
        .contains("max-concurrent")
        .contains("conectors");
  }

  @Test
  void an_agent_whose_vault_others_can_read() throws Exception {
    WORKSHOP.write("open.yaml", "capabilities: []\n");
    Path vault = WORKSHOP.privateFolder("open").resolve("agent-vault.json");
    Files.writeString(vault, "{}");
    Files.setPosixFilePermissions(vault, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(refusedAgent(AGENT_VAULT, "open"))
        .contains("chmod 600")
        .contains("agent-vault.json");
  }

  private static Map<String, String> nowhere() {
    return DATABASE_OF_ITS_OWN.environment("jdbc:postgresql://127.0.0.1:1/muster");
  }

  private static String refused(int code, Map<String, String> database, Map<String, String> more)
      throws Exception {
    Map<String, String> environment = new LinkedHashMap<>(ServerProcess.usual());
    environment.putAll(database);
    environment.putAll(more);
    return refused(code, JavaProgram.serverJar(), "serve", environment);
  }

  private static String refusedAgent(int code, String name) throws Exception {
    return refused(
        code,
        JavaProgram.agentJar(),
        "run",
        AgentProcess.environment(WORKSHOP, name, "http://127.0.0.1:1", Map.of()));
  }

  private static String refused(int code, Path jar, String command, Map<String, String> environment)
      throws Exception {
    Path log = Files.createTempFile(WORKSHOP.file(""), "refused", ".log");
    try (JavaProgram program = JavaProgram.start(jar, List.of(command), environment, log)) {
      assertThat(program.exitCode()).as(program.log()).isEqualTo(code);
      assertThat(program.log()).doesNotContain("\tat ").doesNotContain("Exception");
      assertThat(program.log().lines().filter(line -> line.startsWith("muster-")))
          .as(program.log())
          .isNotEmpty();
      return program.log();
    }
  }
}
