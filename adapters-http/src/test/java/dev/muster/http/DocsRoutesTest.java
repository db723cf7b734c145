package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocsRoutesTest {
  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  private static TestServer server;
  private static Wire wire;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    wire = new Wire(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void the_page_needs_nothing_from_anywhere_else() {
    var page = wire.get("/docs");

    assertThat(page.header("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .doesNotContain("http")
        .doesNotContain("unsafe");
    var links = LINK.matcher(page.text()).results().map(m -> m.group(1)).toList();
    assertThat(links).isNotEmpty();
    assertThat(links).allSatisfy(link -> assertThat(wire.get(link).status()).isEqualTo(200));
    assertThat(page.text()).doesNotContain("style=").doesNotContain("onload=");
  }

  @ParameterizedTest
  @CsvSource({
    "/openapi.yaml, application/yaml, openapi: 3.1",
    "/docs/start.js, text/javascript;charset=utf-8, SwaggerUIBundle"
  })
  void a_file_is_served_with_its_media_type(String path, String mediaType, String content) {
    var reply = wire.get(path);

    assertThat(reply.header("Content-Type")).contains(mediaType);
    assertThat(reply.text()).contains(content);
  }

  @Test
  void the_answers_about_health_are_as_documented() {
    for (var path : new String[] {"/healthz", "/readyz"}) {
      var reply = wire.get(path);
      ApiDocument.get().judge("GET " + path, reply.status(), "application/json", reply.body());
    }
  }
}
