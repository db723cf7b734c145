package dev.muster.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EscapesTest {
  /** Each must be undefined or throw; whatever else it is leads out. */
  private static final List<String> WAYS_OUT =
      List.of(
          "java",
          "java.lang.System",
          "javax",
          "org",
          "com",
          "edu",
          "net",
          "Packages",
          "Packages.java.lang.Runtime",
          "getClass",
          "getClass()",
          "JavaImporter",
          "JavaAdapter",
          "importClass",
          "importPackage",
          "Java",
          "Java.type('java.lang.Runtime')",
          "Continuation",
          "Script",
          "With",
          "load('/etc/passwd')",
          "loadClass('x')",
          "readFile('/etc/passwd')",
          "readUrl('http://127.0.0.1')",
          "runCommand('id')",
          "spawn(function () {})",
          "sync",
          "quit()",
          "print",
          "require('fs')",
          "process",
          "module",
          "fetch",
          "XMLHttpRequest",
          "Worker",
          "SharedArrayBuffer",
          "WebAssembly",
          "this.getClass",
          "({}).getClass()",
          "'x'.getClass()",
          "'x'.class",
          "(1).getClass",
          "[].getClass",
          "log.getClass",
          "log.class",
          "log.call.getClass",
          "log.constructor('return java')()",
          "log.constructor.constructor('return Packages')()",
          "Function('return java.lang.Runtime')()",
          "(function () { return this.java })()",
          "(0, eval)('java')",
          "eval('Packages')",
          "new Function('return this.Packages')()",
          "Object.getPrototypeOf(function* () {}).constructor('yield java')().next().value",
          "Reflect.construct(log, [])",
          "new log()",
          "log.__proto__.__proto__.getClass",
          "({}).__proto__.__parent__",
          "log.__parent__.java",
          "config.getClass",
          "echo({}).getClass",
          "secret('a').getClass",
          "secret('a').value",
          "secret('a').toString.getClass",
          "(() => { try { refuse() } catch (e) { return e.javaException } })()",
          "(() => { try { refuse() } catch (e) { return e.rhinoException } })()",
          "(() => { try { null.x } catch (e) { return e.javaException || e.rhinoException } })()",
          "(() => { try { new RegExp('(') } catch (e) { return e.javaException } })()",
          "(() => { try { JSON.parse('{') } catch (e) { return e.javaException } })()",
          "(() => { try { log(Symbol()) } catch (e) { return e.javaException } })()",
          "(() => { try { 'x'.repeat(-1) } catch (e) { return e.javaException } })()",
          "(() => { try { new Array(-1) } catch (e) { return e.rhinoException } })()",
          "(() => { let s; Error.prepareStackTrace = (e, t) => { s = t }; new Error().stack;"
              + " return s && s[0].getClass })()",
          "Error().getClass",
          "new Date().getClass",
          "/x/.getClass",
          "new Map().getClass",
          "Promise.resolve(1).getClass",
          "Symbol.iterator.getClass",
          "JSON.getClass",
          "new Uint8Array(8).buffer.getClass",
          "new Proxy({}, {}).getClass",
          "Object.getOwnPropertyNames(this).filter(n => /java|package|class/i.test(n))[0]");

  @TempDir private Path folder;
  private ScriptBench bench;

  @BeforeEach
  void makeBench() {
    bench = new ScriptBench(folder);
  }

  @Test
  void no_way_leads_to_java() throws Exception {
    String ways = new JsonMapper().writeValueAsString(WAYS_OUT);
    JsonNode led =
        bench.result(
            "const indirect = eval; const led = []; const ways = "
                + ways
                + "; for (let i = 0; i < ways.length; i++) { const way = ways[i]; try { const to = indirect(way); if (to !== undefined) led.push(way + ' -> ' + typeof to) }"
                + " catch (e) {} } return led;");
    assertThat(led).isEmpty();
  }

  @Test
  void the_global_names_are_the_languages_and_the_helpers() throws Exception {
    assertThat(
            bench.text(
                "const g = Function('return this')();"
                    + "return Object.getOwnPropertyNames(g).filter(n => !/^[A-Z]/.test(n)).sort().join(' ')"))
        .isEqualTo(
            "config decodeURI decodeURIComponent echo encodeURI encodeURIComponent escape eval"
                + " global globalThis isFinite isNaN isXMLName large log parseFloat parseInt refuse secret"
                + " undefined unescape uneval");
  }

  @Test
  void what_a_script_does_to_the_languages_objects_gets_it_no_further() throws Exception {
    assertThat(
            bench.text(
                """
                Object.prototype.error = {class: 'x', message: 'y'};
                Object.prototype.toJSON = function () { return {type: 'result', value: 'forged'} };
                Array.prototype.join = () => 'forged';
                JSON.stringify = () => '"}forged';
                String.prototype.toString = () => { throw 1 };
                return String(typeof echo('x'));
                """))
        .isEqualTo("string");
    assertThat(bench.calls()).containsExactly("echo \"x\"");
  }

  @Test
  void a_helper_that_is_not_offered_is_none() throws Exception {
    assertThat(bench.threw("http({url: 'http://127.0.0.1'})").message()).contains("http");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "try { while (true) {} } finally { while (true) {} }",
        "return /^(a+)+$/.test('a'.repeat(40) + 'b')",
        "const f = () => Promise.resolve().then(f); f(); return 1",
        "return {toJSON() { while (true) {} }}",
        "throw {toString() { while (true) {} }}",
        "return new Array(1e9).join('').length"
      })
  void what_never_ends_is_ended_by_time_or_memory(String source) throws Exception {
    bench.with(ScriptBenchLimits.time(Duration.ofSeconds(4)));
    assertThat(bench.broke(source)).isIn(Breach.TIME, Breach.MEMORY);
  }

  @Test
  void processor_time_has_a_limit_of_its_own() throws Exception {
    bench.with(ScriptBenchLimits.cpu(Duration.ofSeconds(2)));
    assertThat(bench.broke("while (true) {}")).isEqualTo(Breach.CPU);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "let s = 'x'; while (true) s += s;",
        "const a = []; while (true) a.push(new Array(1000).fill(7));",
        "const a = []; while (true) a.push(new ArrayBuffer(1 << 20));",
        "const m = new Map(); for (let i = 0; ; i++) m.set(i, 'k' + i);",
        "let s = 'x'.repeat(1 << 20); const a = []; while (true) a.push(JSON.stringify(s + a.length));",
        "try { const a = []; while (true) a.push({}) } catch (e) { return 'caught' } finally { return 'kept' }"
      })
  void memory_bombs_end_their_own_jvm(String source) throws Exception {
    assertThat(bench.broke(source)).isEqualTo(Breach.MEMORY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const f = () => f() + 1; return f()",
        "let a = []; for (let i = 0; i < 100000; i++) a = [a]; return a",
        "const o = {}; o.o = o; return o",
        "return eval('('.repeat(20000) + '1' + ')'.repeat(20000))",
        "return new RegExp('('.repeat(20000) + ')'.repeat(20000)).test('x')"
      })
  void recursion_that_is_too_deep_fails_the_script_only(String source) throws Exception {
    ScriptOutcome outcome = bench.run(source);
    assertThat(outcome)
        .satisfiesAnyOf(
            each -> assertThat(each).isInstanceOf(ScriptOutcome.Threw.class),
            each -> assertThat(each).isEqualTo(new ScriptOutcome.Broke(Breach.MEMORY)));
  }

  @Test
  void output_calls_and_results_have_limits() throws Exception {
    assertThat(bench.broke("while (true) log('line')")).isEqualTo(Breach.OUTPUT);
    assertThat(bench.broke("while (true) log('')")).isEqualTo(Breach.OUTPUT);
    assertThat(bench.broke("while (true) { try { echo(1) } catch (e) {} }"))
        .isEqualTo(Breach.CALLS);
    assertThat(bench.broke("return 'x'.repeat(100001)")).isEqualTo(Breach.RESULT);
    assertThat(bench.broke("return 'x'.repeat(1000000)")).isEqualTo(Breach.RESULT);
    assertThat(bench.lines().size()).isLessThanOrEqualTo(12_000);
  }

  @Test
  void a_source_that_is_too_long_is_not_started() throws Exception {
    assertThat(bench.tried("/*" + "x".repeat(100_000) + "*/"))
        .isEqualTo(new Sandbox.Start.Refused(Breach.TOO_LARGE));
  }
}
