package dev.muster.server;

import dev.muster.server.command.MusterServer;

/** The entry point of the server. */
public final class Main {
  private Main() {}

  /** Runs a command and ends with its exit code. */
  public static void main(String[] arguments) {
    System.exit(MusterServer.run(arguments));
  }
}
