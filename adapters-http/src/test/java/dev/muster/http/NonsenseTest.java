package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.Wire.Reply;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is a problem document that says what to do, and never a 500. */
class NonsenseTest {
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

  static Stream<Arguments> notJson() {
    return Stream.of(
            "",
            " ",
            "{",
            "{\"a\":1",
            "{\"a\":1}}",
            "{\"a\":1} {\"b\":2}",
            "{a:1}",
            "{'a':1}",
            "{\"a\":1,}",
            "[1,]",
            "{\"a\":01}",
            "{\"a\":+1}",
            "{\"a\":.5}",
            "{\"a\":NaN}",
            "{\"a\":Infinity}",
            "{\"a\":\"\n\"}",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"\\u12\"}",
            "// c\n{}",
            "\uFEFF{\"a\":1}",
            "<xml/>",
            "name=value",
            "nul",
            "\u0000")
        .map(s -> Arguments.of(s));
  }

  @ParameterizedTest
  @MethodSource("notJson")
  void what_is_not_json_is_400(String body) {
    var reply = wire.post("/api/v1/echo", body);

    assertProblem(reply, 400, "malformed_json");
  }

  static Stream<Arguments> notUtf8() {
    return Stream.of(
        Arguments.of("latin-1", new byte[] {'"', (byte) 0xe4, '"'}),
        Arguments.of("overlong", new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'}),
        Arguments.of("a surrogate", new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}),
        Arguments.of("cut short", new byte[] {'"', (byte) 0xe2, (byte) 0x82, '"'}),
        Arguments.of("utf-16", "{\"a\":1}".getBytes(StandardCharsets.UTF_16)),
        Arguments.of("utf-32", "{\"a\":1}".getBytes(java.nio.charset.Charset.forName("UTF-32"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notUtf8")
  void what_is_not_utf8_is_400(String name, byte[] body) {
    assertProblem(wire.post("/api/v1/echo", body, "application/json"), 400, "malformed_json");
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        Arguments.of("{\"a\":1,\"a\":1}", "/a"),
        Arguments.of("{\"x\":[{},{\"k\":1,\"k\":null}]}", "/x/1/k"),
        Arguments.of("{\"a\":\"\\u0000\"}", "/a"),
        Arguments.of("{\"a\\u0000b\":1}", "/a\uFFFDb"),
        Arguments.of("{\"a\":\"\\ud800\"}", "/a"),
        Arguments.of("{\"a\":\"\\udc00\\ud800\"}", "/a"),
        Arguments.of("{\"\\udfff\":1}", ""),
        Arguments.of("{\"a/b~c\":\"\\u0000\"}", "/a~1b~0c"),
        Arguments.of("{\"a\":1e999999999}", "/a"),
        Arguments.of("{\"a\":-1e-999999999}", "/a"),
        Arguments.of("{\"a\":1e99999999999999}", "/a"),
        Arguments.of("{\"a\":1e309}", "/a"),
        Arguments.of("{\"a\":1e-311}", "/a"),
        Arguments.of("{\"a\":" + "9".repeat(101) + "}", "/a"),
        Arguments.of("{\"a\":" + "9".repeat(1_000_000) + "}", ""),
        Arguments.of("[".repeat(101) + "]".repeat(101), "/0".repeat(100)),
        Arguments.of("{\"a\":".repeat(200_000), "/a".repeat(100)));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void json_that_no_field_may_hold_is_422_with_its_place(String body, String pointer) {
    var reply = wire.post("/api/v1/echo", body);

    assertProblem(reply, 422, "invalid");
    assertThat(reply.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
  }

  @Test
  void the_deepest_nesting_and_the_longest_number_pass() {
    var deepest = "[".repeat(100) + "]".repeat(100);
    var longest = "[" + "9".repeat(100) + ",1e308,-1E-309]";

    assertThat(wire.post("/api/v1/echo", deepest).text()).isEqualTo(deepest);
    assertThat(wire.post("/api/v1/echo", longest).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1",
        "application/jsonp",
        "multipart/form-data",
        "application/xml",
        ";;;"
      })
  void another_media_type_is_415(String contentType) {
    var reply = wire.post("/api/v1/echo", "{}".getBytes(StandardCharsets.UTF_8), contentType);

    assertProblem(reply, 415, "unsupported_media_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json;charset=utf-8",
        "APPLICATION/JSON; Charset=\"UTF-8\""
      })
  void json_in_utf8_is_taken(String contentType) {
    var reply = wire.post("/api/v1/echo", "{}".getBytes(StandardCharsets.UTF_8), contentType);

    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void a_compressed_body_is_415() {
    assertProblem(
        wire.post("/api/v1/echo", "{}", "Content-Encoding: gzip"), 415, "unsupported_media_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET\r\n\r\n",
        "\u0000\u0001\u0002\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /api/v1/things/%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /api/v1/things/%2e%2e%2fx HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /api/..;/v1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
        "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
        "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: nonsense\r\n\r\n{}",
        "POST /api/v1/echo HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer mst_user_good\r\n"
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
      })
  void a_broken_request_is_a_4xx_problem(String raw) {
    var reply = wire.send(raw, new byte[0]);

    assertThat(reply.status()).isBetween(400, 499);
    assertThat(reply.header("Content-Type")).contains("application/problem+json");
    assertThat(reply.json().path("code").asString()).isNotEmpty();
    assertThat(reply.json().path("request_id").asString()).isNotEmpty();
  }

  @Test
  void a_uri_that_is_too_long_is_414() {
    assertProblem(wire.get("/" + "a".repeat(20_000)), 414, "uri_too_long");
  }

  @Test
  void headers_that_are_too_large_are_431() {
    assertProblem(wire.get("/healthz", "X-Long: " + "a".repeat(20_000)), 431, "headers_too_large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?limit=%zz", "?limit=%", "?limit=%c3%28", "?%ff=1", "?limit=1%e2%82"})
  void a_query_that_is_not_percent_encoded_utf8_is_400(String query) {
    assertProblem(wire.authorized("GET", "/api/v1/things" + query), 400, "malformed_query");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?limit=0",
        "?limit=201",
        "?limit=",
        "?limit=-1",
        "?limit=1.0",
        "?limit=x",
        "?limit=99999999999",
        "?limit=1&limit=1",
        "?unknown=1",
        "?cursor=",
        "?cursor=x",
        "?cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "?limit=%00",
        "?=",
        "?&",
        "?limit"
      })
  void a_query_that_breaks_rules_is_422(String query) {
    var reply = wire.authorized("GET", "/api/v1/things" + query);

    assertProblem(reply, 422, "invalid");
    assertThat(reply.json().at("/errors/0/pointer").asString()).startsWith("?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "200"})
  void the_limits_of_limit_are_included(String limit) {
    var reply = wire.authorized("GET", "/api/v1/things?limit=" + limit);

    assertThat(reply.json().path("limit").asString()).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1", "01900000-0000-7000-8000-00000000000g", "..", "%20", "a%00b"})
  void a_malformed_id_is_404_like_one_of_nothing(String id) {
    var reply = wire.authorized("GET", "/api/v1/things/" + id);

    assertThat(reply.status()).isIn(400, 404);
    assertThat(reply.header("Content-Type")).contains("application/problem+json");
  }

  @Test
  void a_body_where_nothing_is_expected_is_422() {
    var path = "/api/v1/things/01900000-0000-7000-8000-000000000000/cancel";

    assertThat(wire.post(path, "").status()).isEqualTo(200);
    assertThat(wire.post(path, "{}").status()).isEqualTo(200);
    assertProblem(wire.post(path, "{\"force\":true}"), 422, "invalid");
    assertProblem(wire.post(path, "[]"), 422, "invalid");
  }

  @Test
  void all_problems_of_a_body_are_told_at_once() {
    var reply =
        wire.post("/api/v1/things", "{\"name\":\"much too long\",\"count\":6,\"color\":\"red\"}");

    assertProblem(reply, 422, "invalid");
    assertThat(reply.json().path("errors").valueStream().map(e -> e.path("pointer").asString()))
        .containsExactly("/name", "/count", "/color");
  }

  static void assertProblem(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.header("Content-Type")).contains("application/problem+json");
    assertThat(reply.header("X-Request-Id")).contains(reply.json().path("request_id").asString());
    assertThat(reply.json().path("status").asInt()).isEqualTo(status);
    assertThat(reply.json().path("title").asString()).isNotEmpty();
    assertThat(reply.json().path("detail").asString()).isNotEmpty();
  }
}
