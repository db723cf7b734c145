package dev.muster.agent;

import dev.muster.agent.command.MusterAgent;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** The entry point of the agent. */
public final class Main {
  private static final Set<String> LEVELS = Set.of("trace", "debug", "info", "warn", "error");

  private Main() {}

  /** Starts the program. */
  public static void main(String[] arguments) {
    String level = System.getenv().getOrDefault("MUSTER_LOG_LEVEL", "").toLowerCase(Locale.ROOT);
    if (LEVELS.contains(level)) {
      // Read once, when the first logger is made.
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", level);
    }
    System.exit(
        MusterAgent.execute(
            arguments, System.getenv(), System.in, writer(System.out), writer(System.err)));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
