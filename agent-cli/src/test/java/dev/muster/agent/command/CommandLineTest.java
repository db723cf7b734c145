package dev.muster.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.fake.Answer;
import dev.muster.agent.fake.Seen;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineTest extends CommandFixture {
  private static final String PLATFORM =
      """
      {"agent": {"id": "018f0000-0000-7000-8000-0000000000aa", "name": "a1"},
       "api_key": "mst_agent_KEY", "update_key": "00ff"}\
      """;
  private static final String TENANTS =
      """
      {"agent_id": "018f0000-0000-7000-8000-0000000000bb", "agent_secret": "mst_agent_KEY",
       "tenant_id": "018f0000-0000-7000-8000-00000000000a", "update_key": "00ff"}\
      """;

  @Test
  void a_bootstrap_token_enrols_a_platform_agent() throws Exception {
    server.registration(PLATFORM);
    environment.put("MUSTER_BOOTSTRAP_TOKEN", "abcdef.0123456789abcdef");

    assertThat(execute("register", "--capabilities", "nmap,ldap", "--region", "eu")).isZero();

    Seen call = server.seen("register").getFirst();
    assertThat(call.path()).isEqualTo("/api/v1/platform-agents/register");
    assertThat(call.body().path("bootstrap_token").asString()).startsWith("abcdef.");
    assertThat(call.body().path("name").asString()).isEqualTo("a1");
    assertThat(call.body().path("region").asString()).isEqualTo("eu");
    assertThat(call.body().path("capabilities").toString()).isEqualTo("[\"nmap\",\"ldap\"]");
    assertThat(call.headers().containsKey("Authorization")).isFalse();
    assertThat(out.toString()).contains("018f0000-0000-7000-8000-0000000000aa");
    assertThat(modes())
        .containsEntry(".", "rwx------")
        .containsEntry("identity.json", "rw-------")
        .containsEntry("agent-id", "rw-------")
        .doesNotContainKey("registration-id");
    assertThat(out + err.toString()).doesNotContain("KEY").doesNotContain("00ff");
  }

  @Test
  void a_registration_token_from_standard_input_enrols_a_tenants_agent() {
    server.registration(TENANTS);

    assertThat(executeWith("mst_reg_x\n", "register", "--registration-token-file", "-")).isZero();

    Seen call = server.seen("register").getFirst();
    assertThat(call.path()).isEqualTo("/api/v1/agents/register");
    assertThat(call.body().path("registration_token").asString()).isEqualTo("mst_reg_x");
    assertThat(call.body().path("hostname").asString()).isEqualTo("a1");
  }

  @Test
  void a_local_key_goes_into_its_header_and_nowhere_else() {
    server.registration(TENANTS);
    environment.put("LOCAL_AGENT_KEY", "the-local-key");

    assertThat(execute("register")).isZero();

    Seen call = server.seen("register-local").getFirst();
    assertThat(call.headers().getFirst("X-Local-Agent-Key")).isEqualTo("the-local-key");
    assertThat(call.body().toString()).doesNotContain("the-local-key");
  }

  @Test
  void a_lost_answer_is_asked_for_again_under_the_same_registration_id() {
    server.registration(PLATFORM);
    server.next("register", new Answer.HangUp(true));
    server.next("register", Answer.problem(503, "not_ready"));
    environment.put("MUSTER_BOOTSTRAP_TOKEN", "abcdef.0123456789abcdef");

    assertThat(execute("register")).isZero();

    List<String> ids =
        server.seen("register").stream()
            .map(call -> call.body().path("registration_id").asString())
            .toList();
    assertThat(ids).hasSize(3).allMatch(ids.getFirst()::equals);
  }

  @Test
  void an_agent_that_is_enrolled_takes_no_second_use_of_its_token() {
    server.registration(PLATFORM);
    environment.put("MUSTER_BOOTSTRAP_TOKEN", "abcdef.0123456789abcdef");

    assertThat(execute("register")).isZero();
    assertThat(execute("register")).isZero();

    assertThat(server.seen("register")).hasSize(1);
    assertThat(out.toString()).contains("already enrolled");
  }

  @Test
  void a_name_that_the_server_knows_already_is_explained() {
    server.registration("{\"agent_id\": \"x\", \"already_registered\": true}");
    environment.put("LOCAL_AGENT_KEY", "k");

    assertThat(execute("register")).isEqualTo(ExitCode.ENROLMENT_REFUSED.number());
    assertThat(err.toString()).contains("another name");
  }

  @Test
  void refusals_end_with_their_own_code_and_one_line() {
    environment.put("MUSTER_BOOTSTRAP_TOKEN", "abcdef.0123456789abcdef");
    server.next("register", Answer.problem(403, "token_exhausted"));
    assertThat(execute("register")).isEqualTo(ExitCode.ENROLMENT_REFUSED.number());
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("token_exhausted");

    server.next("register", Answer.problem(401, "unauthenticated"));
    assertThat(execute("register")).isEqualTo(ExitCode.ENROLMENT_REFUSED.number());
  }

  @Test
  void an_agent_without_identity_or_token_says_what_to_give_it() {
    assertThat(execute("run")).isEqualTo(ExitCode.NOT_ENROLLED.number());
    assertThat(err.toString()).contains("MUSTER_BOOTSTRAP_TOKEN");
  }

  @Test
  void a_credential_is_not_shown_to_another_server() throws Exception {
    enrol();
    environment.put("BACKEND_URL", "https://elsewhere.example.com");

    assertThat(execute("run")).isEqualTo(ExitCode.STATE.number());
    assertThat(err.toString()).contains("elsewhere.example.com");
  }

  @Test
  void a_state_folder_that_others_can_read_is_refused() throws Exception {
    enrol();
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-x---"));

    assertThat(execute("status")).isEqualTo(ExitCode.STATE.number());
    assertThat(err.toString()).contains("chmod 700");
  }

  @Test
  void an_identity_that_others_can_read_is_refused() throws Exception {
    enrol();
    Files.setPosixFilePermissions(
        state.resolve("identity.json"), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(execute("run")).isEqualTo(ExitCode.STATE.number());
    assertThat(err.toString()).contains("chmod 600");
  }

  @Test
  void a_damaged_identity_is_refused_without_a_stack_trace() throws Exception {
    enrol();
    Files.writeString(state.resolve("identity.json"), "{\"api_key\": \"mst_agent_KEY\"");

    assertThat(execute("run")).isEqualTo(ExitCode.STATE.number());
    assertThat(err.toString()).contains("damaged").doesNotContain("KEY").doesNotContain("\tat ");
  }

  @Test
  void a_vault_that_others_can_read_is_refused() throws Exception {
    enrol();
    Path vault = Files.writeString(state.resolve("agent-vault.json"), "{}");
    Files.setPosixFilePermissions(vault, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(execute("run")).isEqualTo(ExitCode.VAULT.number());
    assertThat(err.toString()).contains("chmod 600");
  }

  @Test
  void a_second_agent_on_the_same_folder_is_refused() throws Exception {
    enrol();
    try (var _ =
        dev.muster.agent.enrolment.StateFolder.open(state, state.resolve("agent-id")).lock()) {
      assertThat(execute("run")).isEqualTo(ExitCode.STATE.number());
    }
    assertThat(err.toString()).contains("another agent");
  }

  @Test
  void a_running_agent_whose_credential_is_revoked_ends_with_its_own_code() throws Exception {
    enrol();
    server.always("heartbeat", Answer.problem(401, "unauthenticated"));
    server.always("claim", Answer.problem(401, "unauthenticated"));

    assertThat(execute("run")).isEqualTo(ExitCode.CREDENTIAL_REFUSED.number());
  }

  @Test
  void status_says_what_works() throws Exception {
    enrol();
    assertThat(execute("status")).isZero();
    assertThat(out.toString())
        .contains("018f0000-0000-7000-8000-0000000000aa", "credential   works", "vault        ok");
    assertThat(server.seen("heartbeat").getFirst().body().has("active_jobs")).isFalse();

    server.next("heartbeat", Answer.problem(401, "unauthenticated"));
    assertThat(execute("status")).isEqualTo(ExitCode.CREDENTIAL_REFUSED.number());
    server.next("heartbeat", Answer.loginPage());
    assertThat(execute("status")).isEqualTo(ExitCode.SERVER_UNREACHABLE.number());
  }

  @Test
  void a_configuration_with_typos_is_answered_with_all_of_them() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("agent.yaml"),
            "servr: x\nmax-concurrent: none\nconnectors: {exce: {}}\n");

    assertThat(execute("run", "--config", file.toString()))
        .isEqualTo(ExitCode.CONFIGURATION.number());
    assertThat(err.toString())
        .contains("servr: unknown key", "max-concurrent: ", "connectors.exce: ");
  }

  @Test
  void a_wrong_command_line_is_one_line_and_code_two() {
    assertThat(execute("run", "--bogus")).isEqualTo(2);
    assertThat(execute("fly")).isEqualTo(2);
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.contains("--help"));
  }

  @Test
  void every_command_explains_itself_and_lists_the_exit_codes() {
    var program = MusterAgent.commandLine(Map.of(), new ByteArrayInputStream(new byte[0]));
    assertThat(SettingOptions.withSubcommands(program))
        .hasSizeGreaterThan(4)
        .allSatisfy(command -> {
          assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
          for (ExitCode code : ExitCode.values()) {
            assertThat(command.getUsageMessage().replaceAll("\\s+", " "))
                .contains(code.number() + " " + code.meaning());
          }
        });
  }

  @Test
  void the_documentation_names_every_setting_and_every_exit_code() throws Exception {
    String text = Files.readString(Path.of("../docs/agent.md"));
    for (var setting : dev.muster.agent.configuration.Setting.values()) {
      assertThat(text).contains("`" + setting.key() + "`").contains(setting.variable());
    }
    for (ExitCode code : ExitCode.values()) {
      assertThat(text).contains("| " + code.number() + " | " + code.meaning() + " |");
    }
  }

  private void enrol() {
    server.registration(PLATFORM);
    environment.put("MUSTER_BOOTSTRAP_TOKEN", "abcdef.0123456789abcdef");
    assertThat(execute("register")).isZero();
    environment.remove("MUSTER_BOOTSTRAP_TOKEN");
  }

  private Map<String, String> modes() throws Exception {
    Map<String, String> modes = new HashMap<>();
    modes.put(".", PosixFilePermissions.toString(Files.getPosixFilePermissions(state)));
    try (var files = Files.list(state)) {
      for (Path file : files.toList()) {
        modes.put(
            file.getFileName().toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
    return modes;
  }
}
