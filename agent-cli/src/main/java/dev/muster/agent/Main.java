package dev.muster.agent;

/** The entry point of the agent. */
public final class Main {
  private Main() {}

  /** Starts the program. */
  public static void main(String[] arguments) {
    System.exit(0);
  }
}
