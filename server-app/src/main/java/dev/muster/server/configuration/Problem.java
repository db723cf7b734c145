package dev.muster.server.configuration;

/**
 * One thing that is wrong with the configuration.
 *
 * @param place what to correct: a flag, a variable, or the file and its key
 * @param message how it should be; never shows a secret
 */
public record Problem(String place, String message) {
  @Override
  public String toString() {
    return place + ": " + message;
  }
}
