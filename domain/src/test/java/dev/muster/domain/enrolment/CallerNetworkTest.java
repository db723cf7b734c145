package dev.muster.domain.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallerNetworkTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "::ffff:192.0.2.7, 192.0.2.7",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
    "2001:db8:1:2:ffff::1, 2001:db8:1:2:0:0:0:0/64",
    "2001:db8:1:3::1, 2001:db8:1:3:0:0:0:0/64",
    "example.com, unknown",
    "'', unknown",
  })
  void an_ipv6_network_counts_as_one_caller(String address, String network) {
    assertThat(CallerNetwork.of(address).value()).isEqualTo(network);
  }

  @Test
  void who_has_no_address_is_counted_too() {
    assertThat(CallerNetwork.of(null).value()).isEqualTo("unknown");
  }
}
