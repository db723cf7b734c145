package dev.muster.agent.command;

import java.util.concurrent.CountDownLatch;

/**
 * Turns SIGTERM and SIGINT into an orderly stop. Left to itself the JVM would end with 143 as soon
 * as its hooks are through; this one waits for the agent, and ends with the agent's own code.
 */
final class Termination implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = Thread.ofPlatform().name("termination").unstarted(this::terminate);
  private Runnable stop = done::countDown;
  private boolean asked;
  private volatile int code = ExitCode.OK.number();

  Termination() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** What stops the work from now on; done at once where that was asked before. */
  void onStop(Runnable action) {
    synchronized (this) {
      stop = action;
      if (!asked) {
        return;
      }
    }
    action.run();
  }

  /** With what the process ends. */
  ExitCode ends(ExitCode result) {
    code = result.number();
    return result;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException terminating) {
      done.countDown();
    }
  }

  private void terminate() {
    Runnable action;
    synchronized (this) {
      asked = true;
      action = stop;
    }
    action.run();
    try {
      done.await();
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(code);
  }
}
