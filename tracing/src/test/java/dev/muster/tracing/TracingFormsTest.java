package dev.muster.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.credential.Secret;
import java.net.URI;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracingFormsTest {
  @ParameterizedTest
  @CsvSource({
    "http://localhost:4318, http://localhost:4318/v1/traces",
    "https://otlp.example.com/, https://otlp.example.com/v1/traces",
    "https://otlp.example.com/otlp, https://otlp.example.com/otlp/v1/traces",
    "http://[::1]:4318, http://[::1]:4318/v1/traces",
  })
  void traces_are_posted_below_the_collectors_address(String endpoint, String address) {
    assertThat(TracingForms.endpoint(endpoint)).isEqualTo(URI.create(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:4318",
        "grpc://localhost:4317",
        "http://user:word@collector",
        "http://collector?token=word",
        "http://collector#x",
        "http:///v1",
        "http://a b",
        "",
      })
  void what_is_no_address_of_a_collector_is_refused(String text) {
    assertThatThrownBy(() -> TracingForms.endpoint(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("word");
  }

  @Test
  void only_one_protocol_is_spoken() {
    assertThat(TracingForms.protocol("http/protobuf")).isEqualTo("http/protobuf");
    assertThatThrownBy(() -> TracingForms.protocol("grpc"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "1.0, 1", "0.25, 0.25", "0.000000001, 0.000000001"})
  void a_ratio_is_a_part_of_the_whole(String text, double ratio) {
    assertThat(TracingForms.ratio(text)).isEqualTo(ratio);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1", "-0.1", "NaN", "Infinity", "1e-3", "50%", ".5", ""})
  void no_other_ratio_is_taken(String text) {
    assertThatThrownBy(() -> TracingForms.ratio(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void attributes_are_keys_and_values() {
    assertThat(TracingForms.attributes("team=core, region = eu%2Cwest ,,note=a=b%zz%"))
        .isEqualTo(Map.of("team", "core", "region", "eu,west", "note", "a=b%zz%"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"team", "=core", "a=1,a=2", "a b=1", "a=%00", "a=%ff", "a=%0a"})
  void no_other_attributes_are_taken(String text) {
    assertThatThrownBy(() -> TracingForms.attributes(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void headers_are_secrets() {
    Map<String, Secret> headers =
        TracingForms.headers("Authorization=Bearer%20s3cr3t-word,x-team=core");

    assertThat(headers.get("authorization").reveal()).isEqualTo("Bearer s3cr3t-word");
    assertThat(headers.toString()).doesNotContain("s3cr3t");
    assertThatThrownBy(() -> TracingForms.headers("authorization=s3cr3t%0d%0a"))
        .message()
        .doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"content-length=1", "Host=x", "a:b=1", "A=1,a=ü", "proxy-authorization=x"})
  void a_header_that_cannot_be_sent_is_refused(String text) {
    assertThatThrownBy(() -> TracingForms.headers(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void whatever_is_written_is_read_or_refused(@ForAll String text) {
    try {
      TracingForms.headers(text);
      TracingForms.attributes(text);
      TracingForms.endpoint(text);
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @Test
  void headers_do_not_travel_in_the_clear() {
    Map<String, Secret> headers = Map.of("authorization", Secret.of("word"));

    assertThatThrownBy(() ->
            TracingForms.refuseHeadersInTheClear(
                URI.create("http://collector:4318/v1/traces"), headers))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatCode(
            () -> {
              TracingForms.refuseHeadersInTheClear(
                  URI.create("https://collector/v1/traces"), headers);
              TracingForms.refuseHeadersInTheClear(
                  URI.create("http://localhost:4318/v1/traces"), headers);
              TracingForms.refuseHeadersInTheClear(
                  URI.create("http://collector:4318/v1/traces"), Map.of());
            })
        .doesNotThrowAnyException();
  }
}
