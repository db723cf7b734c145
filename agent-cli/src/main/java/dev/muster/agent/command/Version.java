package dev.muster.agent.command;

import java.util.Objects;

/** Which version of the agent this is. */
final class Version {
  private Version() {}

  static String own() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }
}
