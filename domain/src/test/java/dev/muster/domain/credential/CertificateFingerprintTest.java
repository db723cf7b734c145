package dev.muster.domain.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFingerprintTest {
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  /** FIPS 180-2, appendix B.1. */
  @Test
  void it_is_the_sha_256_of_the_bytes() {
    assertThat(CertificateFingerprint.of("abc".getBytes(StandardCharsets.US_ASCII)).value())
        .isEqualTo(OF_ABC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ab", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"})
  void what_has_another_form_is_none(String text) {
    assertThat(CertificateFingerprint.parse(text)).isEmpty();
  }

  @Test
  void it_is_among_those_that_are_registered_and_among_none_where_there_are_none() {
    CertificateFingerprint fingerprint = CertificateFingerprint.parse(OF_ABC).orElseThrow();

    assertThat(fingerprint.isAmong(List.of("ab".repeat(32), OF_ABC))).isTrue();
    assertThat(fingerprint.isAmong(List.of("ab".repeat(32)))).isFalse();
    assertThat(fingerprint.isAmong(List.of())).isFalse();
    assertThat(fingerprint.isAmong(List.of(""))).isFalse();
  }
}
