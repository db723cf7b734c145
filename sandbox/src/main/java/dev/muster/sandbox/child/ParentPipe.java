package dev.muster.sandbox.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The pipe to the parent. It is read all the time, so that the child ends with its parent whatever
 * the script does. One thread may talk.
 */
final class ParentPipe {
  private final BlockingQueue<byte[]> inbox = new ArrayBlockingQueue<>(1);
  private final OutputStream out;
  private final int limit;

  /** Begins to listen. */
  ParentPipe(InputStream in, OutputStream out, int limit) {
    this.out = out;
    this.limit = limit;
    Thread.ofPlatform().daemon().name("parent").start(() -> listen(in));
  }

  /** The most bytes that a message may have. */
  int limit() {
    return limit;
  }

  /** Sends a message that is no longer than the limit. */
  void send(String message) {
    try {
      Frames.write(out, message.getBytes(UTF_8));
    } catch (IOException e) {
      ExitCode.ORPHANED.halt();
    }
  }

  /** Waits for the next message. */
  String receive() {
    try {
      return new String(inbox.take(), UTF_8);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void listen(InputStream in) {
    try {
      for (Optional<byte[]> next = Frames.read(in, limit);
          next.isPresent();
          next = Frames.read(in, limit)) {
        // There is one answer to one call: a second message is nonsense.
        if (!inbox.offer(next.get())) {
          ExitCode.NONSENSE.halt();
        }
      }
    } catch (IOException e) {
      ExitCode.NONSENSE.halt();
    }
    ExitCode.ORPHANED.halt();
  }
}
