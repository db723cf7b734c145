package dev.muster.server.command;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the server when one of its threads died of an error, such as memory that ran out. What goes
 * on without it looks alive and plans nothing; whoever watches over the process starts another one,
 * and until then agents go to other replicas. At once, because an orderly stop needs what is gone.
 */
final class LastWord implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(LastWord.class);

  @Override
  public void uncaughtException(Thread thread, Throwable cause) {
    boolean isFatal = cause instanceof Error;
    try {
      LOG.error("event=thread_died thread={} fatal={}", thread.getName(), isFatal, cause);
    } finally {
      if (isFatal) {
        Runtime.getRuntime().halt(ExitCode.FAILED.code());
      }
    }
  }
}
