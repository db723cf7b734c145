package dev.muster.sandbox;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How a script ended. */
public sealed interface ScriptOutcome {
  /** It returned. */
  record Returned(JsonNode result) implements ScriptOutcome {}

  /**
   * It threw something, or is no JavaScript.
   *
   * @param message what, in the script's words
   * @param errorClass of the helper's refusal that it did not catch
   */
  record Threw(String message, Optional<String> errorClass) implements ScriptOutcome {}

  /** It went too far, or its sandbox broke. */
  record Broke(Breach breach) implements ScriptOutcome {}

  /** Its owner stopped it. */
  record Stopped() implements ScriptOutcome {}
}
