package dev.muster.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} as the service starts it. */
class PlainRunTest {
  @TempDir private Path folder;

  @Test
  void a_start_without_options_loads_nothing_that_reads_them_and_fails_as_any_other()
      throws Exception {
    String plain = failing("run");
    String optioned = failing("run", "--max-concurrent", "4");

    assertThat(plain).contains("dev.muster.agent.command.RunCommand");
    assertThat(plain).doesNotContain("picocli.CommandLine$Interpreter");
    assertThat(optioned).contains("picocli.CommandLine$Interpreter");
  }

  /** Starts with a wrong setting; answers which classes were loaded. */
  private String failing(String... arguments) throws Exception {
    Path classes = folder.resolve("classes");
    List<String> line =
        new ArrayList<>(
            List.of(
                "-Xlog:class+load:file=" + classes,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    line.addAll(List.of(arguments));
    Program program = new Program(folder).with("BACKEND_URL", "ftp://muster.example.com");
    try (Program.Running agent = program.start(line.toArray(String[]::new))) {
      assertThat(agent.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(agent.process().exitValue()).isEqualTo(ExitCode.CONFIGURATION.number());
      assertThat(agent.log()).contains("muster-agent: BACKEND_URL: must be http(s)");
    }
    return Files.readString(classes);
  }
}
