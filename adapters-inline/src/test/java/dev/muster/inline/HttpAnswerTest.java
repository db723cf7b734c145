package dev.muster.inline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HttpAnswerTest {
  @Test
  void an_answer_is_read_whole_in_each_way_that_it_may_end() throws Exception {
    assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef").path("body").asString())
        .isEqualTo("abc");
    assertThat(read("HTTP/1.0 200 OK\r\n\r\nabc").path("body").asString()).isEqualTo("abc");
    assertThat(
            read("HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x\r\nc\r\n0\r\n\r\n")
                .path("body")
                .asString())
        .isEqualTo("abc");
  }

  @Test
  void what_comes_before_the_answer_is_passed_over_and_headers_are_joined() throws Exception {
    JsonNode answer = read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 No\r\nA: 1\r\na: 2\r\n\r\n");

    assertThat(answer.path("status").asInt()).isEqualTo(404);
    assertThat(answer.path("headers").path("a").asString()).isEqualTo("1, 2");
  }

  @Test
  void what_is_too_much_is_refused_by_name() {
    String long_ = "x".repeat(1024 * 1024 + 1);

    assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\n\r\n" + long_))
        .isInstanceOf(CallRefusedException.class);
    assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n"))
        .isInstanceOf(CallRefusedException.class);
    assertThatThrownBy(
            () -> read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n"))
        .isInstanceOf(CallRefusedException.class);
    assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nA: " + "x".repeat(70_000) + "\r\n\r\n"))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-x\r\n",
        "HTTP/1.1 200 OK\r\nno header\r\n\r\n",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
      })
  void what_is_no_answer_is_refused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
  }

  private static JsonNode read(String text) throws IOException, CallRefusedException {
    return new HttpAnswer(new ByteArrayInputStream(text.getBytes(UTF_8))).read("GET", 0);
  }
}
