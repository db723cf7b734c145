package dev.muster.server.command;

import java.util.concurrent.CountDownLatch;

/**
 * A server as a process of its own, of which one thread dies, and whose orderly stop would never
 * end. Where it outlives that, it ends with {@link #ALIVE}.
 */
final class DyingServer {
  static final int ALIVE = 42;
  static final String BY_ERROR = "error";
  static final String BY_EXCEPTION = "exception";

  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private DyingServer() {}

  /** Begins to serve, which it cannot without a database; what it set up for that stays. */
  public static void main(String[] arguments) throws InterruptedException {
    System.out.println("serve ended with " + MusterServer.run("serve"));
    Runtime.getRuntime().addShutdownHook(new Thread(DyingServer::hang));
    Runnable death = arguments[0].equals(BY_ERROR) ? DyingServer::error : DyingServer::exception;
    Thread.ofPlatform().name("planning").start(death).join();
    Runtime.getRuntime().halt(ALIVE);
  }

  private static void error() {
    throw new OutOfMemoryError("imagined");
  }

  private static void exception() {
    throw new IllegalStateException("imagined");
  }

  private static void hang() {
    try {
      NEVER.await();
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
