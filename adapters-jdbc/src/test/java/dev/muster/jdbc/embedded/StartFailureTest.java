package dev.muster.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartFailureTest {
  @Test
  void a_full_disk_is_named_whatever_else_is_said() {
    var failure =
        StartFailure.in(
            """
            creating configuration files ... ok
            performing post-bootstrap initialization ... 2026-11-22 13:20:08.293 UTC [20218] \
            FATAL:  could not write to file "base/4/1249": No space left on device
            child process exited with exit code 1
            """,
            "");

    assertThat(failure.reason())
        .isEqualTo("FATAL:  could not write to file \"base/4/1249\": No space left on device");
    assertThat(failure.passes()).isFalse();
  }

  @Test
  void a_port_that_was_taken_meanwhile_is_worth_another_try() {
    var failure =
        StartFailure.in(
            "pg_ctl: could not start server",
            """
            LOG:  could not bind IPv4 address "127.0.0.1": Address already in use
            FATAL:  could not create any TCP/IP sockets
            """);

    assertThat(failure.passes()).isTrue();
    assertThat(failure.reason()).isEqualTo("FATAL:  could not create any TCP/IP sockets");
  }

  @Test
  void without_any_sign_the_last_line_has_to_do() {
    assertThat(StartFailure.in("one\ntwo\n\n", "").reason()).isEqualTo("two");
    assertThat(StartFailure.in("", "").reason()).isEqualTo("no reason given");
  }
}
