package dev.muster.server;

/** The entry point of the server. */
public final class Main {
  private Main() {}

  /** Starts the program. */
  public static void main(String[] arguments) {
    System.exit(0);
  }
}
