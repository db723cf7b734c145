package dev.muster.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** Runs scripts with helpers of the test's own: {@code echo} answers with what it was given. */
final class ScriptBench implements ScriptHost {
  static final ScriptLimits LIMITS =
      new ScriptLimits(
          32,
          Duration.ofSeconds(60),
          Duration.ofSeconds(40),
          100_000,
          100_000,
          100_000,
          10_000,
          50);
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private ScriptLimits limits = LIMITS;

  ScriptBench(Path folder) {
    this.folder = folder;
  }

  ScriptBench with(ScriptLimits limits) {
    this.limits = limits;
    return this;
  }

  List<String> lines() {
    return lines;
  }

  List<String> calls() {
    return calls;
  }

  RunningScript start(String source) throws IOException {
    return ((Sandbox.Start.Started) tried(source)).script();
  }

  Sandbox.Start tried(String source) throws IOException {
    return Sandbox.start(
        new Script(source, JSON.readTree("{\"greeting\": \"hello\", \"list\": [1, 2]}")),
        limits,
        this,
        Files.createTempDirectory(folder, "run"));
  }

  ScriptOutcome run(String source) throws Exception {
    return start(source).await();
  }

  JsonNode result(String source) throws Exception {
    ScriptOutcome outcome = run(source);
    assertThat(outcome).isInstanceOf(ScriptOutcome.Returned.class);
    return ((ScriptOutcome.Returned) outcome).result();
  }

  String text(String source) throws Exception {
    return result(source).asString();
  }

  ScriptOutcome.Threw threw(String source) throws Exception {
    ScriptOutcome outcome = run(source);
    assertThat(outcome).isInstanceOf(ScriptOutcome.Threw.class);
    return (ScriptOutcome.Threw) outcome;
  }

  Breach broke(String source) throws Exception {
    ScriptOutcome outcome = run(source);
    assertThat(outcome).isInstanceOf(ScriptOutcome.Broke.class);
    return ((ScriptOutcome.Broke) outcome).breach();
  }

  @Override
  public Set<String> names() {
    return Set.of("echo", "refuse", "large");
  }

  @Override
  public HelperAnswer call(String name, JsonNode argument) {
    calls.add(name + " " + argument);
    return switch (name) {
      case "echo" -> new HelperAnswer.Value(argument);
      case "secret" ->
          new HelperAnswer.Value(StringNode.valueOf("word-for-" + argument.asString()));
      case "large" -> new HelperAnswer.Value(StringNode.valueOf("x".repeat(200_000)));
      default -> new HelperAnswer.Refused("not_allowed_here", "not this");
    };
  }

  @Override
  public void log(String text) {
    lines.add(text);
  }
}
