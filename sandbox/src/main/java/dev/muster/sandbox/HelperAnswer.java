package dev.muster.sandbox;

import tools.jackson.databind.JsonNode;

/** What a script is told when it has called a helper. */
public sealed interface HelperAnswer {
  /** What it asked for; it may see all of it. */
  record Value(JsonNode value) implements HelperAnswer {}

  /**
   * It does not get it. In the script an error that can be caught.
   *
   * @param errorClass stable, {@code snake_case}; {@code errorClass} of the error
   */
  record Refused(String errorClass, String message) implements HelperAnswer {}
}
