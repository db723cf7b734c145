package dev.muster.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobMethodTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      value = {
        "{\"tool\": \"nmap\", \"target\": \"x\"}; exec; nmap",
        "{\"connector\":\"exec\",\"tool\":\"nuclei\"}; exec; nuclei",
        "{\"connector\": \"http\", \"request\": {\"url\": \"u\", \"method\": \"GET\"}}; http; GET",
        "{\"request\" : {\"headers\": {\"method\": \"no\"}}, \"connector\" : \"http\"}; http; -",
        "{\"connector\": \"ldap\", \"operation\": \"search\"}; ldap; search",
        "{\"a\": {\"connector\": \"http\"}, \"b\": [\"connector\", \"x\"]}; -; -",
        "{\"a\\\"\": \"connector\\\": \\\"x\", \"connector\": 1}; -; -",
        "{\"tool\": \"rm -rf /\"}; -; -",
        "[]; -; -",
        "not json; -; -"
      })
  void a_payload_says_by_which_connector_and_how(String payload, String connector, String method) {
    assertThat(JobMethod.of(payload)).isEqualTo(new JobMethod(connector, method));
  }

  @Test
  void only_the_beginning_of_a_payload_is_looked_at() {
    String late = "{\"x\": \"" + "y".repeat(3_000) + "\", \"tool\": \"nmap\"}";

    assertThat(JobMethod.of(late)).isEqualTo(new JobMethod(null, null));
  }

  @Property
  void whatever_a_payload_is_looking_at_it_ends(@ForAll String payload) {
    assertThat(JobMethod.of("{\"tool\": \"nmap\"," + payload)).isNotNull();
    assertThat(JobMethod.of(payload)).isNotNull();
  }
}
