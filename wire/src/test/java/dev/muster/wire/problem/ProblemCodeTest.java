package dev.muster.wire.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ports.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemCodeTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d{3}) \\| `([a-z_0-9]+)` \\|");

  @Test
  void every_code_is_documented_and_every_documented_code_exists() throws IOException {
    var text = Files.readString(Path.of("..", "docs", "problems.md"));

    var documented = ROW.matcher(text).results().map(m -> m.group(1) + " " + m.group(2));
    var declared = Arrays.stream(ProblemCode.values()).map(c -> c.status() + " " + c.code());

    assertThat(documented).containsExactlyInAnyOrderElementsOf(declared.toList());
  }

  @ParameterizedTest
  @EnumSource(Refusal.Code.class)
  void a_refusal_of_a_port_keeps_its_name(Refusal.Code code) {
    var problem = PortRefusals.problem(Refusal.of(code, "because"));

    assertThat(problem.code().code()).isEqualTo(code.wireName());
  }

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void who_may_come_back_is_told_when(ProblemCode code) {
    assertThat(code.retryAfterSeconds() > 0)
        .isEqualTo(code.status() == 429 || code.status() == 503);
  }
}
