package dev.muster.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
  @TempDir private Path folder;
  private ScriptBench bench;

  @BeforeEach
  void makeBench() {
    bench = new ScriptBench(folder);
  }

  @Test
  void what_a_script_returns_is_the_result() throws Exception {
    assertThat(
            bench.result(
                """
                const [a, b] = config.list;
                let text = `${config.greeting} ${a}`;
                return {text, rest: [b], when: new Date(0), none: undefined, map: Array.from('ab').map(c => c + c)};
                """))
        .hasToString(
            "{\"text\":\"hello 1\",\"rest\":[2],\"when\":\"1970-01-01T00:00:00.000Z\",\"map\":[\"aa\",\"bb\"]}");
    assertThat(bench.result("").isNull()).isTrue();
  }

  @Test
  void a_script_logs_and_calls_its_helpers() throws Exception {
    assertThat(bench.result("log('a', {b: 1}, 2); return echo({x: [1, 'ü']}).x[1];"))
        .hasToString("\"ü\"");
    assertThat(bench.lines()).containsExactly("a {\"b\":1} 2");
    assertThat(bench.calls()).containsExactly("echo {\"x\":[1,\"ü\"]}");
  }

  @Test
  void a_refusal_is_an_error_that_a_script_can_catch_and_its_class_is_told_where_it_does_not()
      throws Exception {
    assertThat(bench.text("try { refuse(1) } catch (e) { return e.errorClass + ': ' + e.message }"))
        .isEqualTo("not_allowed_here: not this");
    assertThat(bench.threw("refuse(1)").errorClass()).contains("not_allowed_here");
  }

  @Test
  void a_script_gives_itself_no_error_class() throws Exception {
    ScriptOutcome.Threw threw =
        bench.threw("const e = new Error('mine'); e.errorClass = 'not_allowed_here'; throw e;");
    assertThat(threw.errorClass()).isEmpty();
    assertThat(threw.message()).contains("mine");
  }

  @Test
  void what_is_thrown_and_what_is_no_javascript_is_told_with_its_line() throws Exception {
    assertThat(bench.threw("\n\nnull.x").message()).contains("null").contains("line 3");
    assertThat(bench.threw("let = = 3").message()).contains("line 1");
    assertThat(bench.threw("throw {toString() { throw 1 }}").message())
        .contains("something that cannot be shown");
  }

  @Test
  void a_secret_is_a_word_that_the_parent_knows_it_by() throws Exception {
    assertThat(bench.result("const s = secret('a'); return ['Bearer ' + s, {s}, Object.keys(s)]"))
        .hasToString("[\"Bearer word-for-a\",{\"s\":\"word-for-a\"},[]]");
  }

  @Test
  void an_answer_that_is_too_much_is_refused_and_the_script_goes_on() throws Exception {
    assertThat(bench.text("try { large() } catch (e) { return e.errorClass }"))
        .isEqualTo("script_message_too_large");
    assertThat(bench.text("try { echo('x'.repeat(200000)) } catch (e) { return e.errorClass }"))
        .isEqualTo("script_message_too_large");
  }
}
