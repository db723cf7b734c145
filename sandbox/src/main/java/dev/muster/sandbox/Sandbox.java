package dev.muster.sandbox;

import java.io.IOException;
import java.nio.file.Path;

/** Starts scripts, each in a JVM of its own. */
public final class Sandbox {
  private Sandbox() {}

  /**
   * Starts a script.
   *
   * @param folder for this script alone, and for the caller to remove; its JVM sees an empty one in
   *     it
   * @return the script, or why it is not run
   */
  public static Start start(Script script, ScriptLimits limits, ScriptHost helpers, Path folder) {
    try {
      byte[] opening = Conversation.opening(script, helpers, limits);
      Process process = ChildProcess.start(folder, limits);
      return new Start.Started(new RunningScript(process, limits, helpers, opening).begin());
    } catch (BreachException e) {
      return new Start.Refused(e.breach());
    } catch (IOException e) {
      return new Start.Refused(Breach.NOT_STARTED);
    }
  }

  /** What came of the wish to start a script. */
  public sealed interface Start {
    /** It runs. */
    record Started(RunningScript script) implements Start {}

    /** It does not run. */
    record Refused(Breach breach) implements Start {}
  }
}
