package dev.muster.domain.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokensTest {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  @ParameterizedTest
  @CsvSource({
    "USER,mst_user_",
    "AGENT,mst_agent_",
    "REGISTRATION,mst_reg_",
    "JOB,mst_job_",
    "SHARED,mst_shared_"
  })
  void each_kind_has_its_prefix(TokenKind kind, String prefix) {
    String token = Tokens.make(kind, new byte[32]).reveal();

    assertThat(token).matches(Pattern.quote(prefix) + "[0-9A-Za-z]{49}");
  }

  @Property
  void a_token_that_was_made_has_its_kind(@ForAll TokenKind kind, @ForAll @Size(32) byte[] random) {
    Secret token = Tokens.make(kind, random);

    assertThat(Tokens.kindOf(token)).contains(kind);
    assertThat(Tokens.claimsToBeOne(token)).isTrue();
  }

  @Test
  void the_last_six_characters_are_the_crc_of_all_before_them() {
    byte[] random = new byte[32];
    Arrays.fill(random, (byte) 0xff);
    String token = Tokens.make(TokenKind.AGENT, random).reveal();
    int start = token.length() - 6;
    CRC32 crc = new CRC32();
    crc.update(token.substring(0, start).getBytes(StandardCharsets.US_ASCII));
    long read = 0;
    for (char digit : token.substring(start).toCharArray()) {
      read = read * 62 + DIGITS.indexOf(digit);
    }

    assertThat(read).isEqualTo(crc.getValue());
  }

  @Test
  void different_bytes_make_different_tokens() {
    byte[] random = new byte[32];
    random[31] = 1;

    assertThat(Tokens.make(TokenKind.USER, random).reveal())
        .isNotEqualTo(Tokens.make(TokenKind.USER, new byte[32]).reveal());
  }

  @Property
  void a_changed_character_is_noticed(
      @ForAll @Size(32) byte[] random,
      @ForAll @IntRange(max = 57) int place,
      @ForAll @IntRange(max = 61) int digit) {
    StringBuilder token = new StringBuilder(Tokens.make(TokenKind.USER, random).reveal());
    char before = token.charAt(place);
    token.setCharAt(place, DIGITS.charAt(digit));

    if (before != DIGITS.charAt(digit)) {
      assertThat(Tokens.kindOf(Secret.of(token.toString()))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_token_that_is_too_short_or_too_long_has_no_kind(TokenKind kind) {
    String token = Tokens.make(kind, new byte[32]).reveal();

    assertThat(Tokens.kindOf(Secret.of(token + "0"))).isEmpty();
    for (int length = 0; length < token.length(); length++) {
      assertThat(Tokens.kindOf(Secret.of(token.substring(0, length)))).isEmpty();
    }
  }

  @Test
  void an_operators_own_token_may_look_like_anything() {
    assertThat(Tokens.claimsToBeOne(Secret.of("correct horse battery staple"))).isFalse();
    assertThat(Tokens.claimsToBeOne(Secret.of("mst_whatever"))).isTrue();
  }

  @Test
  void a_hundred_thousand_odd_texts_have_no_kind_and_throw_nothing() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      Secret text = Secret.of(oddText(random));
      assertThat(Tokens.kindOf(text)).isEmpty();
      assertThat(BootstrapTokenText.idOf(text)).isEmpty();
    }
  }

  @Test
  void another_number_of_bytes_is_a_bug() {
    assertThatThrownBy(() -> Tokens.make(TokenKind.USER, new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String oddText(Random random) {
    TokenKind kind = TokenKind.values()[random.nextInt(TokenKind.values().length)];
    StringBuilder text = new StringBuilder(random.nextBoolean() ? kind.prefix() : "");
    int length = random.nextInt(64);
    boolean wild = random.nextBoolean();
    for (int i = 0; i < length; i++) {
      text.append(wild ? (char) random.nextInt(0x10000) : DIGITS.charAt(random.nextInt(62)));
    }
    return text.toString();
  }
}
