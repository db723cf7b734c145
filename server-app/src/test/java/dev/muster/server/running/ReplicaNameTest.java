package dev.muster.server.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReplicaNameTest {
  private static final UUID ID = UUID.fromString("01900000-0000-4000-8000-0000000000aa");

  @Test
  void two_processes_of_a_host_are_told_apart() {
    assertThat(ReplicaName.of("web-1", ID)).isEqualTo("web-1-00aa");
    assertThat(ReplicaName.of(UUID.randomUUID())).matches("[A-Za-z0-9._-]{6,63}");
  }

  @Test
  void a_name_is_plain_and_short_whatever_the_host_is_called() {
    assertThat(ReplicaName.of("büro pc", ID)).isEqualTo("b_ro_pc-00aa");
    assertThat(ReplicaName.of("x".repeat(200), ID)).hasSize(63);
  }
}
