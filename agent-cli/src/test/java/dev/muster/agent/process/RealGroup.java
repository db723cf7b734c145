package dev.muster.agent.process;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.muster.agent.fake.Awaiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.UUID;

/**
 * A control group that an agent of a test may divide, as if its unit had left it one. Where this
 * machine has none to give, the test is skipped, under CI too: the kernel's are not installed.
 */
public final class RealGroup implements AutoCloseable {
  private final ControlGroup group;

  private RealGroup(ControlGroup group) {
    this.group = group;
  }

  /** Makes one below the uppermost. */
  public static RealGroup make() throws IOException {
    Path uppermost =
        Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
            .filter(line -> line.contains(" - cgroup2 "))
            .map(line -> Path.of(line.split(" ")[4]))
            .findFirst()
            .orElseGet(() -> abort("this machine has no control groups of version 2"));
    ControlGroup group = new ControlGroup(uppermost.resolve("muster-test-" + UUID.randomUUID()));
    try {
      group.make();
      Files.getFileAttributeView(group.folder(), UserDefinedFileAttributeView.class)
          .write("delegate", StandardCharsets.US_ASCII.encode("1"));
    } catch (IOException | UnsupportedOperationException refused) {
      group.remove();
      return abort("control groups cannot be made here: " + refused);
    }
    return new RealGroup(group);
  }

  public Path folder() {
    return group.folder();
  }

  /** What a shell does first to be in it, and then is this command. */
  public String[] entering(String... command) {
    String[] line = new String[command.length + 4];
    line[0] = "/bin/sh";
    line[1] = "-c";
    line[2] = "echo 0 >'" + group.door() + "' && exec \"$@\"";
    line[3] = "sh";
    System.arraycopy(command, 0, line, 4, command.length);
    return line;
  }

  @Override
  public void close() {
    group.kill();
    group.members().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    Awaiting.until("an empty group", () -> group.members().isEmpty());
    group.remove();
  }
}
