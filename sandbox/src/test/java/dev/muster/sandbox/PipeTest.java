package dev.muster.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.sandbox.child.ExitCode;
import dev.muster.sandbox.child.Frames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipeTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "null",
        "{}",
        "{\"type\": 1}",
        "{\"type\": \"exit\"}",
        "{\"type\": \"log\"}",
        "{\"type\": \"log\", \"text\": {}}",
        "{\"type\": \"call\"}",
        "{\"type\": \"error\"}",
        "{\"type\": \"call\", \"name\": [\"http\"]}",
        "{\"type\": \"result\", \"value\": 1} {}",
        "{\"type\": \"log\", \"text\": \"unfinished"
      })
  void what_is_no_message_ends_the_conversation(String message) {
    assertThatThrownBy(() -> hold(frame(message.getBytes(UTF_8))))
        .isInstanceOfSatisfying(
            BreachException.class, e -> assertThat(e.breach()).isEqualTo(Breach.PROTOCOL));
  }

  @Test
  void a_message_that_is_nested_too_deep_ends_it_too() {
    String deep = "{\"type\":\"result\",\"value\":" + "[".repeat(500) + "]".repeat(500) + "}";
    assertThatThrownBy(() -> hold(frame(deep.getBytes(UTF_8)))).isInstanceOf(BreachException.class);
  }

  @Test
  void lengths_that_are_none_are_not_believed() {
    for (int length : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_000_000}) {
      byte[] frame = ByteBuffer.allocate(10).putInt(length).array();
      assertThatThrownBy(() -> hold(frame))
          .isInstanceOfSatisfying(
              BreachException.class, e -> assertThat(e.breach()).isEqualTo(Breach.PROTOCOL));
    }
    assertThatThrownBy(() -> hold(new byte[] {0, 0})).isInstanceOf(BreachException.class);
    assertThatThrownBy(() -> hold(new byte[] {0, 0, 0, 9, '{'}))
        .isInstanceOf(BreachException.class);
  }

  @Test
  void random_bytes_end_it_whatever_they_are() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      assertThatThrownBy(() -> hold(noise)).isInstanceOf(BreachException.class);
      assertThatThrownBy(() -> hold(frame(noise))).isInstanceOf(BreachException.class);
    }
  }

  @Test
  void a_call_of_what_is_not_offered_is_refused_even_if_the_child_was_taken_over()
      throws Exception {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    ScriptBench bench = new ScriptBench(folder);
    byte[] calls =
        join(
            frame("{\"type\":\"call\",\"name\":\"exec\",\"value\":{}}".getBytes(UTF_8)),
            frame(
                "{\"type\":\"error\",\"message\":\"m\",\"class\":\"run_timeout\"}"
                    .getBytes(UTF_8)));
    ScriptOutcome outcome =
        conversation(new ByteArrayInputStream(calls), sent, bench).hold(new byte[] {'{', '}'});
    assertThat(bench.calls()).isEmpty();
    assertThat(sent.toString(UTF_8)).contains("not_allowed_here");
    assertThat(((ScriptOutcome.Threw) outcome).errorClass()).isEmpty();
  }

  @Test
  void a_child_that_hears_nonsense_ends() throws Exception {
    assertThat(exitAfter(new byte[] {0, 0, 0, 0})).isEqualTo(ExitCode.NONSENSE.code());
    assertThat(exitAfter(new byte[] {127, 0, 0, 0, 1})).isEqualTo(ExitCode.NONSENSE.code());
    assertThat(exitAfter(frame("no JSON".getBytes(UTF_8)))).isEqualTo(ExitCode.DEFECT.code());
    assertThat(exitAfter(frame("[]".getBytes(UTF_8)))).isEqualTo(ExitCode.DEFECT.code());
  }

  @Test
  void a_child_ends_with_its_parent_whatever_its_script_does() throws Exception {
    Process child =
        ChildProcess.start(Files.createDirectory(folder.resolve("a")), ScriptBench.LIMITS);
    child.getOutputStream().write(frame(task("log('begun'); while (true) {}")));
    child.getOutputStream().flush();
    assertThat(Frames.read(child.getInputStream(), 1_000)).isPresent();
    child.getOutputStream().close();
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isEqualTo(ExitCode.ORPHANED.code());
  }

  @Test
  void a_child_that_nobody_ends_ends_by_itself() throws Exception {
    Process child =
        ChildProcess.start(
            Files.createDirectory(folder.resolve("a")),
            ScriptBenchLimits.time(Duration.ofSeconds(1)));
    child.getOutputStream().write(frame(task("while (true) {}")));
    child.getOutputStream().flush();
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isEqualTo(ExitCode.TIME.code());
  }

  @Test
  void a_child_that_is_killed_is_told_as_that() throws Exception {
    ScriptBench bench = new ScriptBench(folder);
    RunningScript script = bench.start("log('begun'); while (true) {}");
    while (bench.lines().isEmpty()) {
      Thread.onSpinWait();
    }
    ProcessHandle.current()
        .descendants()
        .filter(each -> each.info().commandLine().orElse("").contains(folder.toString()))
        .forEach(ProcessHandle::destroyForcibly);
    ScriptOutcome outcome = script.await();
    assertThat(outcome).isEqualTo(new ScriptOutcome.Broke(Breach.DIED));
    assertThat(Breach.DIED.isPassing()).isTrue();
  }

  @Test
  void a_script_that_is_stopped_or_whose_owner_is_interrupted_leaves_no_process() throws Exception {
    ScriptBench bench = new ScriptBench(folder);
    RunningScript stopped = bench.start("while (true) {}");
    stopped.stop();
    assertThat(stopped.await()).isEqualTo(new ScriptOutcome.Stopped());
    RunningScript left = bench.start("while (true) {}");
    Thread.currentThread().interrupt();
    assertThatThrownBy(left::await).isInstanceOf(InterruptedException.class);
    assertThat(
            ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().commandLine().orElse("").contains("sandbox.jar")))
        .isEmpty();
  }

  @Test
  void a_child_sees_an_empty_folder_no_environment_and_its_own_classes_only() throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));
    Process child = ChildProcess.start(own, ScriptBench.LIMITS);
    try {
      Path environment = Path.of("/proc/" + child.pid() + "/environ");
      assertThat(Files.readAllBytes(environment)).isEmpty();
      assertThat(own.resolve("empty")).isEmptyDirectory();
      try (var packed = FileSystems.newFileSystem(own.resolve("sandbox.jar"));
          var classes = Files.walk(packed.getPath("/"))) {
        assertThat(classes.filter(Files::isRegularFile).map(Path::toString))
            .isNotEmpty()
            .allMatch(each ->
                each.startsWith("/dev/muster/sandbox/child/")
                    || each.startsWith("/org/mozilla/")
                    || each.startsWith("/META-INF/services/org.mozilla."));
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void classes_come_out_of_the_one_jar_that_is_shipped_too() throws Exception {
    Path apart = folder.resolve("apart.jar");
    Path shipped = folder.resolve("shipped.jar");
    ChildClasses.write(apart);
    ChildClasses.write(shipped, List.of(apart, apart));
    assertThat(names(shipped)).hasSizeGreaterThan(700).isEqualTo(names(apart));
  }

  private static Set<String> names(Path jar) throws IOException {
    try (JarFile packed = new JarFile(jar.toFile())) {
      return packed.stream().map(ZipEntry::getName).collect(Collectors.toSet());
    }
  }

  private int exitAfter(byte[] bytes) throws Exception {
    Process child =
        ChildProcess.start(Files.createTempDirectory(folder, "child"), ScriptBench.LIMITS);
    child.getOutputStream().write(bytes);
    child.getOutputStream().flush();
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return child.exitValue();
  }

  private static byte[] task(String source) {
    return ("{\"source\":\"" + source + "\",\"config\":{},\"helpers\":[]}").getBytes(UTF_8);
  }

  private ScriptOutcome hold(byte[] bytes) throws Exception {
    return conversation(
            new ByteArrayInputStream(bytes),
            OutputStream.nullOutputStream(),
            new ScriptBench(folder))
        .hold(new byte[] {'{', '}'});
  }

  private static Conversation conversation(InputStream in, OutputStream out, ScriptBench bench) {
    return new Conversation(new Messages(in, out, 10_000), ScriptBench.LIMITS, bench);
  }

  private static byte[] frame(byte[] message) {
    return ByteBuffer.allocate(4 + message.length).putInt(message.length).put(message).array();
  }

  private static byte[] join(byte[] first, byte[] second) throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(first);
    both.write(second);
    return both.toByteArray();
  }
}
