package dev.muster.grpc;

import dev.muster.wire.caller.RequestIdRandomness;
import dev.muster.wire.problem.Problem;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/** A call that is yet to be answered, by any thread; what comes after its end does nothing. */
final class OpenCall {
  private final ServerCall<byte[], byte[]> call;
  private final String requestId;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean begun;
  private boolean over;

  OpenCall(ServerCall<byte[], byte[]> call, String requestId) {
    this.call = call;
    this.requestId = requestId;
  }

  /** Lets so many messages of the caller's come. */
  void take(int messages) {
    during(() -> call.request(messages));
  }

  /** Whether what was sent before has gone, so that more may follow. */
  boolean isReady() {
    return call.isReady();
  }

  /** Whether it was ended, or the caller has gone. */
  boolean isOver() {
    lock.lock();
    try {
      return over;
    } finally {
      lock.unlock();
    }
  }

  /** Sends a message. */
  void send(byte[] message) {
    during(() -> {
      begin();
      call.sendMessage(message);
    });
  }

  /** Ends it well. */
  void end() {
    during(() -> {
      begin();
      over = true;
      call.close(Status.OK, new Metadata());
    });
  }

  /** Ends it with a problem. */
  void refuse(Problem problem) {
    during(() -> {
      begin();
      over = true;
      call.close(ProblemTrailers.status(problem), ProblemTrailers.trailers(problem, requestId));
    });
  }

  /** Notes that the caller has gone. */
  void gone() {
    during(() -> over = true);
  }

  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    var headers = new Metadata();
    headers.put(
        ProblemTrailers.ascii(RequestIdRandomness.HEADER.toLowerCase(Locale.ROOT)), requestId);
    call.sendHeaders(headers);
  }

  private void during(Runnable work) {
    lock.lock();
    try {
      if (!over) {
        work.run();
      }
    } finally {
      lock.unlock();
    }
  }
}
