package dev.muster.sandbox;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a script can have done outside of its sandbox. Called by one thread at a time. Whatever
 * comes in was made up by the script, or by somebody who took its JVM over.
 */
public interface ScriptHost {
  /**
   * The functions that the script finds, beside {@code log} and {@code secret}. One whose name has
   * a dot in it ({@code api.get}) is a function of an object.
   */
  Set<String> names();

  /**
   * Does what a call asks for.
   *
   * @param name one of {@link #names()}, or {@code secret}
   * @param argument what the function was called with; of an object's function, the list of it
   * @throws InterruptedException if the script is ended meanwhile
   */
  HelperAnswer call(String name, JsonNode argument) throws InterruptedException;

  /** Takes what the script logs; may hold line ends. */
  void log(String text);
}
