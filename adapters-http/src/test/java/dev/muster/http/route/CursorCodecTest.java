package dev.muster.http.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.ports.paging.Cursor;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorCodecTest {
  @Test
  void a_cursor_survives_the_wire_to_the_microsecond() {
    var cursor = new Cursor(Instant.parse("2026-01-31T12:00:00.123456Z"), UUID.randomUUID());

    assertThat(CursorCodec.decode(CursorCodec.encode(cursor))).isEqualTo(cursor);
    assertThat(CursorCodec.encode(null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AX__________________________________",
        "Af_______________________________w",
        "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "AQAA AAA"
      })
  void what_this_server_did_not_write_is_refused(String text) {
    assertThatThrownBy(() -> CursorCodec.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is not a cursor of this server");
  }
}
