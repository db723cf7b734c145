package dev.muster.agent.redaction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.Secret;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RedactingStreamProperties {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Few letters, so that secrets overlap and repeat. */
  @Provide
  Arbitrary<String> crowded() {
    return Arbitraries.strings().withChars("ab%").ofMinLength(6).ofMaxLength(12);
  }

  @Provide
  Arbitrary<String> crowdedText() {
    return Arbitraries.strings().withChars("ab%").ofMaxLength(80);
  }

  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.strings().all().ofMinLength(6).ofMaxLength(40);
  }

  @Property(tries = 100)
  void every_form_of_every_secret_is_found_at_every_split(
      @ForAll("anything") String secret, @ForAll @IntRange(min = 1, max = 7) int piece) {
    JobRedaction redaction = concealing(secret);
    for (String form : SecretForms.of(Secret.of(secret))) {
      String passed = pass(redaction, "<<" + form + ">>", piece);
      assertThat(passed).contains("[redacted]");
      assertThat(remains(passed)).doesNotContain(form);
    }
  }

  @Property(tries = 300)
  void how_the_text_is_cut_makes_no_difference(
      @ForAll @Size(min = 1, max = 4) List<@From("crowded") String> secrets,
      @ForAll("crowdedText") String text,
      @ForAll @IntRange(min = 1, max = 9) int piece) {
    JobRedaction redaction = concealing(secrets.toArray(String[]::new));
    assertThat(pass(redaction, text, piece)).isEqualTo(pass(redaction, text, 1_000));
  }

  @Property(tries = 300)
  void exactly_what_a_plain_search_finds_is_redacted(
      @ForAll @Size(min = 1, max = 4) List<@From("crowded") String> secrets,
      @ForAll("crowdedText") String text,
      @ForAll @IntRange(min = 1, max = 9) int piece) {
    JobRedaction redaction = concealing(secrets.toArray(String[]::new));
    // The line feed ends whatever secret the text has begun.
    assertThat(pass(redaction, text + "\n", piece)).isEqualTo(searched(text + "\n", secrets));
  }

  @Example
  void a_secret_added_while_its_beginning_waits_is_found() {
    JobRedaction redaction = concealing("secret-one");
    RedactingStream stream = redaction.stream(out::write);
    write(stream, "a secret-o");
    redaction.conceal(Secret.of("ret-one-more"));
    write(stream, "ne-more b");
    stream.finish();
    assertThat(out.toString(UTF_8)).isEqualTo("a [redacted] b");
  }

  @Example
  void what_cannot_become_a_secret_is_passed_on_at_once() {
    JobRedaction redaction = concealing("secret-one");
    RedactingStream stream = redaction.stream(out::write);
    write(stream, "name? sec");
    assertThat(out.toString(UTF_8)).isEqualTo("name? ");
    write(stream, "ond");
    assertThat(out.toString(UTF_8)).isEqualTo("name? second");
  }

  @Example
  void a_long_text_holds_no_more_back_than_the_longest_form() {
    JobRedaction redaction = concealing("abcabcabcabd");
    RedactingStream stream = redaction.stream(out::write);
    byte[] text = "abc".repeat(100_000).getBytes(UTF_8);
    stream.write(text, 0, text.length);
    int longest =
        SecretForms.of(Secret.of("abcabcabcabd")).stream().mapToInt(String::length).max().orElse(0);
    assertThat(text.length - out.size()).isBetween(0, longest);
  }

  private static JobRedaction concealing(String... secrets) {
    JobRedaction redaction = new JobRedaction();
    for (String secret : secrets) {
      redaction.conceal(Secret.of(secret));
    }
    return redaction;
  }

  private String pass(JobRedaction redaction, String text, int piece) {
    out.reset();
    RedactingStream stream = redaction.stream(out::write);
    byte[] bytes = text.getBytes(ISO_8859_1);
    for (int i = 0; i < bytes.length; i += piece) {
      stream.write(bytes, i, Math.min(piece, bytes.length - i));
    }
    stream.finish();
    return out.toString(ISO_8859_1);
  }

  private static void write(RedactingStream stream, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    stream.write(bytes, 0, bytes.length);
  }

  private static String remains(String passed) {
    return passed.replace("[redacted]", "");
  }

  private static String searched(String text, List<String> secrets) {
    Set<String> forms = new HashSet<>();
    secrets.forEach(secret -> forms.addAll(SecretForms.of(Secret.of(secret))));
    List<int[]> found = new ArrayList<>();
    for (int start = 0; start < text.length(); start++) {
      for (String form : forms) {
        if (text.startsWith(form, start)) {
          found.add(new int[] {start, start + form.length()});
        }
      }
    }
    StringBuilder redacted = new StringBuilder();
    int covered = 0;
    for (int i = 0; i < text.length(); i++) {
      for (int[] span : found) {
        if (span[0] == i) {
          redacted.append(i < covered ? "" : "[redacted]");
          covered = Math.max(covered, span[1]);
        }
      }
      redacted.append(i < covered ? "" : text.charAt(i));
    }
    return redacted.toString();
  }
}
