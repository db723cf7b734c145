package dev.muster.demo;

import dev.muster.outside.UnexpectedException;
import dev.muster.outside.Workshop;
import java.nio.file.Path;
import java.util.List;

/** Runs the demonstration. */
public final class Main {
  private Main() {}

  /**
   * Starts it.
   *
   * @param arguments {@code --once}, or nothing to leave the server running until Ctrl-C
   */
  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    if (!List.of("--once").containsAll(given)) {
      System.err.println("usage: ./demo [--once]");
      System.exit(2);
    }
    System.exit(run(given.contains("--once")) ? 0 : 1);
  }

  private static boolean run(boolean once) throws Exception {
    Story story = new Story();
    try (Workshop workshop = Workshop.below(Path.of("target", "demo"));
        Target target = Target.start();
        Fleet fleet = Fleet.start(workshop, target, story)) {
      boolean passed = new Demonstration(fleet, target, story).run();
      if (passed && !once) {
        story.addresses(fleet);
        new java.util.concurrent.CountDownLatch(1).await();
      }
      return passed;
    } catch (UnexpectedException failure) {
      story.failed(String.valueOf(failure.getMessage()));
      return false;
    }
  }
}
