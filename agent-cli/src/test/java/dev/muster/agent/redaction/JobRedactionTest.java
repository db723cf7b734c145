package dev.muster.agent.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.Secret;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JobRedactionTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SECRET = "p\"ä/ss + w&ör\\d=?~";

  private final JobRedaction redaction = new JobRedaction();

  @Test
  void text_without_a_secret_stays_as_it_is() {
    redaction.conceal(Secret.of(SECRET));
    assertThat(redaction.redact("nothing to see: p\"ä/ss!")).isEqualTo("nothing to see: p\"ä/ss!");
  }

  @Test
  void the_raw_value_is_redacted_wherever_it_stands() {
    redaction.conceal(Secret.of(SECRET));
    assertThat(redaction.redact("<" + SECRET + "|" + SECRET + ">"))
        .isEqualTo("<[redacted]|[redacted]>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "user:", "user1:", "user12:"})
  void base64_is_redacted_in_all_alignments_and_both_alphabets(String before) {
    redaction.conceal(Secret.of(SECRET));
    for (String after : new String[] {"", "x", "xy", "xyz"}) {
      byte[] all = (before + SECRET + after).getBytes(UTF_8);
      for (Base64.Encoder encoder :
          new Base64.Encoder[] {
            Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getEncoder().withoutPadding()
          }) {
        String encoded = encoder.encodeToString(all);
        String redacted = redaction.redact("Basic " + encoded);
        // At most the two characters shared with the neighbours stay on either side.
        assertThat(redacted).contains("[redacted]").doesNotContain(encoded.substring(9, 20));
        assertThat(redacted.length())
            .isLessThanOrEqualTo("Basic [redacted]".length() + (before + after).length() * 2 + 4);
      }
    }
  }

  @Test
  void wrapped_base64_is_redacted() {
    String longSecret = "0123456789abcdefghijklmnopqrstuvwxyz".repeat(5);
    redaction.conceal(Secret.of(longSecret));
    String wrapped =
        Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(longSecret.getBytes(UTF_8));
    assertThat(redaction.redact(wrapped)).isEqualTo("[redacted]");
  }

  @Test
  void url_encoded_forms_are_redacted() {
    redaction.conceal(Secret.of(SECRET));
    String form = URLEncoder.encode(SECRET, UTF_8);
    assertThat(redaction.redact("a=" + form + "&b")).isEqualTo("a=[redacted]&b");
    assertThat(redaction.redact(form.replace("+", "%20"))).isEqualTo("[redacted]");
    assertThat(redaction.redact(lowerHex(form))).isEqualTo("[redacted]");
    assertThat(redaction.redact(form.replace("%7E", "~").replace("+", "%20")))
        .isEqualTo("[redacted]");
    assertThat(redaction.redact(form.replace("%2F", "/").replace("%7E", "~")))
        .isEqualTo("[redacted]");
  }

  @Test
  void hexadecimal_is_redacted_in_either_case() {
    redaction.conceal(Secret.of(SECRET));
    String hex = HexFormat.of().formatHex(SECRET.getBytes(UTF_8));
    assertThat(redaction.redact("0x" + hex)).isEqualTo("0x[redacted]");
    assertThat(redaction.redact(hex.toUpperCase(java.util.Locale.ROOT))).isEqualTo("[redacted]");
  }

  @Test
  void json_escaped_forms_are_redacted() {
    redaction.conceal(Secret.of(SECRET));
    String plain = SECRET.replace("\\", "\\\\").replace("\"", "\\\"");
    String ascii = plain.replace("ä", "\\u00e4").replace("ö", "\\u00f6");
    for (String form :
        new String[] {
          plain,
          plain.replace("/", "\\/"),
          ascii,
          ascii.replace("/", "\\/"),
          plain.replace("ä", "\\u00E4").replace("ö", "\\u00F6"),
          plain.replace("&", "\\u0026")
        }) {
      assertThat(redaction.redact("{\"a\":\"" + form + "\"}")).isEqualTo("{\"a\":\"[redacted]\"}");
    }
  }

  @Test
  void each_line_of_a_secret_of_several_lines_is_redacted() {
    redaction.conceal(Secret.of("-----BEGIN KEY-----\n  abcdefgh\r\nijklmnop\n}\n"));
    assertThat(redaction.redact("1 abcdefgh 2 ijklmnop } " + base64("ijklmnop")))
        .isEqualTo("1 [redacted] 2 [redacted] } [redacted]");
    assertThat(redaction.redact("-----BEGIN KEY-----\n  abcdefgh\r\nijklmnop\n}\n"))
        .isEqualTo("[redacted]");
  }

  @Test
  void the_texts_inside_a_json_secret_are_redacted() {
    redaction.conceal(
        Secret.of("{\"type\": \"account\", \"key\": {\"k\": \"line1-xyz\\nline2-xyz\"}}"));
    assertThat(redaction.redact("key=line1-xyz\nline2-xyz")).isEqualTo("key=[redacted]");
    assertThat(redaction.redact("line2-xyz")).isEqualTo("[redacted]");
  }

  @Test
  void overlapping_secrets_leave_nothing_of_either() {
    redaction.conceal(Secret.of("abcdefgh"));
    redaction.conceal(Secret.of("fghijkl"));
    redaction.conceal(Secret.of("cdefgh"));
    assertThat(redaction.redact("-abcdefghijkl-")).isEqualTo("-[redacted]-");
    assertThat(redaction.redact("-fghijkl-xcdefgh")).isEqualTo("-[redacted]-x[redacted]");
  }

  @Test
  void a_secret_that_repeats_itself_is_redacted_whole() {
    redaction.conceal(Secret.of("aaaaaaaa"));
    assertThat(redaction.redact("b" + "a".repeat(21) + "b")).isEqualTo("b[redacted]b");
  }

  @Test
  void no_whole_text_tells_whether_it_ends_with_the_beginning_of_a_secret() {
    redaction.conceal(Secret.of("correct horse battery"));
    for (String guess : new String[] {"corr", "correct horse batter", "wrong horse batter"}) {
      assertThat(redaction.redact("vault://local/" + guess)).endsWith(guess);
    }
  }

  @Test
  void the_beginning_of_a_secret_at_the_end_of_a_stream_that_broke_off_is_redacted() {
    redaction.conceal(Secret.of("correct horse battery"));
    assertThat(streamed("it is correct horse bat")).isEqualTo("it is [redacted]");
    assertThat(streamed("it is cor")).isEqualTo("it is cor");
  }

  private String streamed(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RedactingStream stream = redaction.stream(out::write);
    byte[] bytes = text.getBytes(UTF_8);
    stream.write(bytes, 0, bytes.length);
    stream.finish();
    return out.toString(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer abc.def",
        "authorization:Basic eHg6eXk= trailing",
        "> Cookie: a=b; c=d",
        "Set-Cookie:  session=1; HttpOnly",
        "X-API-Key: k",
        "Proxy-Authorization: Negotiate x"
      })
  void values_of_authentication_headers_are_redacted_by_name(String line) {
    String name = line.substring(0, line.indexOf(':') + 1);
    assertThat(redaction.redact("a\n" + line + "\r\nb: c"))
        .startsWith("a\n" + name)
        .endsWith("[redacted]\r\nb: c")
        .doesNotContain(line.substring(line.length() - 3));
  }

  @Test
  void a_quoted_header_value_ends_with_its_quote() {
    assertThat(redaction.redact("{\"Authorization\": \"Bearer \\\"x\", \"a\": 1}"))
        .isEqualTo("{\"Authorization\": \"[redacted]\", \"a\": 1}");
    assertThat(redaction.redact("'set-cookie': [\"a=b\"]\nnext"))
        .isEqualTo("'set-cookie': [redacted]\nnext");
  }

  @Test
  void a_header_without_a_value_hides_nothing_of_the_next_line() {
    assertThat(redaction.redact("Cookie:\nnext: x")).isEqualTo("Cookie:\nnext: x");
    assertThat(redaction.redact("a cookie is sweet: yes")).isEqualTo("a cookie is sweet: yes");
  }

  @Test
  void json_is_redacted_in_names_texts_and_numbers() {
    redaction.conceal(Secret.of("hunter22"));
    redaction.conceal(Secret.of("12345678"));
    JsonNode json =
        JSON.readTree(
            """
            {"hunter22": 1, "xhunter22": "a hunter22", "n": 12345678, "l": [-12345678, true, null],
             "headers": {"Set-Cookie": ["a=b"], "x-api-key": 7},
             "har": [{"name": "Authorization", "value": "abc"}]}
            """);
    assertThat(redaction.redact(json))
        .isEqualTo(
            JSON.readTree(
                """
                {"[redacted]": 1, "x[redacted]": "a [redacted]", "n": "[redacted]",
                 "l": ["[redacted]", true, null],
                 "headers": {"Set-Cookie": "[redacted]", "x-api-key": "[redacted]"},
                 "har": [{"name": "Authorization", "value": "[redacted]"}]}
                """));
  }

  @Test
  void names_that_become_the_same_keep_their_values_apart() {
    redaction.conceal(Secret.of("hunter22"));
    redaction.conceal(Secret.of("hunter33"));
    assertThat(redaction.redact(JSON.readTree("{\"hunter22\": 1, \"hunter33\": 2}")))
        .isEqualTo(JSON.readTree("{\"[redacted]\": 1, \"[redacted] 2\": 2}"));
  }

  @Test
  void what_no_receiver_takes_is_replaced() {
    assertThat(redaction.redact("a\0b\ud800c")).isEqualTo("a\ufffdb?c");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String lowerHex(String text) {
    return java.util.regex.Pattern.compile("%[0-9A-F]{2}")
        .matcher(text)
        .replaceAll(found -> found.group().toLowerCase(java.util.Locale.ROOT));
  }
}
