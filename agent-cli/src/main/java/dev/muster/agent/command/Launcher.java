package dev.muster.agent.command;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;
import java.util.Optional;

/** The script that has started this process, and starts whatever jar lies there next. */
final class Launcher {
  /** Its process id. */
  private static final String VARIABLE = "MUSTER_LAUNCHER";

  private Launcher() {}

  /** The launcher, if it is this process's parent and runs the given jar. */
  static Optional<ProcessHandle> of(Map<String, String> environment, Path jar) {
    String said = environment.getOrDefault(VARIABLE, "");
    return ProcessHandle.current()
        .parent()
        .filter(parent -> said.equals(Long.toString(parent.pid())) && isOwn(jar));
  }

  private static boolean isOwn(Path jar) {
    CodeSource source = MusterAgent.class.getProtectionDomain().getCodeSource();
    try {
      return source != null
          && Path.of(source.getLocation().toURI()).toRealPath().equals(jar.toRealPath());
    } catch (IOException | URISyntaxException elsewhere) {
      return false;
    }
  }
}
