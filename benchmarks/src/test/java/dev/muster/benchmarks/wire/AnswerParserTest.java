package dev.muster.benchmarks.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.outside.UnexpectedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerParserTest {
  private static final String PLAIN =
      "HTTP/1.1 201 Created\r\ncontent-length: 11\r\nX: y\r\n\r\n{\"ok\":true}";
  private static final String CHUNKED =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n11\r\n0123456789abcdefg"
          + "\r\n0\r\n\r\n";

  @Test
  void an_answer_has_the_status_and_the_body_that_were_sent() {
    Answer answer = new AnswerParser().parse(bytes(PLAIN), PLAIN.length());

    assertThat(answer).isNotNull();
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text()).isEqualTo("{\"ok\":true}");
  }

  @Test
  void an_answer_is_there_with_its_last_byte_and_no_earlier() {
    AnswerParser parser = new AnswerParser();

    for (int count = 1; count < PLAIN.length(); count++) {
      assertThat(parser.parse(bytes(PLAIN), count)).isNull();
    }
    assertThat(parser.parse(bytes(PLAIN), PLAIN.length())).isNotNull();
  }

  @Test
  void chunks_are_joined() {
    AnswerParser parser = new AnswerParser();

    for (int count = 1; count < CHUNKED.length(); count++) {
      assertThat(parser.parse(bytes(CHUNKED), count)).isNull();
    }
    assertThat(parser.parse(bytes(CHUNKED), CHUNKED.length()).text())
        .isEqualTo("abcd0123456789abcdefg");
  }

  @Test
  void one_parser_reads_one_answer_after_the_other() {
    AnswerParser parser = new AnswerParser();
    parser.parse(bytes(CHUNKED), CHUNKED.length());

    assertThat(parser.parse(bytes(PLAIN), PLAIN.length()).status()).isEqualTo(201);
  }

  @Test
  void an_answer_without_a_length_has_no_body() {
    String empty = "HTTP/1.1 204 No Content\r\n\r\n";

    assertThat(new AnswerParser().parse(bytes(empty), empty.length()).text()).isEmpty();
  }

  @Test
  void bytes_after_the_answer_are_an_error() {
    assertThatThrownBy(() -> new AnswerParser().parse(bytes(PLAIN + "x"), PLAIN.length() + 1))
        .isInstanceOf(UnexpectedException.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
