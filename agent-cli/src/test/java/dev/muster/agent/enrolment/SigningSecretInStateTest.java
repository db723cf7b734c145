package dev.muster.agent.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningSecretInStateTest {
  @TempDir private Path temporary;

  @Test
  void what_stands_in_the_file_is_what_the_agent_signs_with() throws Exception {
    StateFolder state = state();
    assertThat(state.signingSecret()).isEmpty();

    write("ab".repeat(32) + "\n", "rw-------");

    assertThat(state.signingSecret()).contains(Secret.of("ab".repeat(32)));
  }

  @Test
  void what_the_server_wants_to_see_from_now_on_is_kept() throws Exception {
    StateFolder state = state();
    write("ab".repeat(32), "rw-------");

    state.keepSigningSecret(Secret.of("cd".repeat(32)));

    assertThat(state.signingSecret()).contains(Secret.of("cd".repeat(32)));
  }

  @Test
  void what_others_can_read_or_is_no_secret_is_refused_without_being_shown() throws Exception {
    StateFolder state = state();
    write("ab".repeat(32), "rw-r--r--");
    assertThatThrownBy(state::signingSecret).isInstanceOf(StateRefusedException.class);

    write("short-and-wrong", "rw-------");
    assertThatThrownBy(state::signingSecret)
        .isInstanceOf(StateRefusedException.class)
        .hasMessageNotContaining("short-and-wrong");
  }

  private StateFolder state() throws IOException, StateRefusedException {
    Path folder = temporary.resolve("state");
    return StateFolder.open(folder, folder.resolve("agent-id"));
  }

  private void write(String content, String mode) throws IOException {
    Path file = temporary.resolve("state").resolve("signing-secret");
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
