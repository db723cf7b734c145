package dev.muster.http;

import dev.muster.http.route.BodySource;
import dev.muster.wire.problem.ProblemCode;
import dev.muster.wire.problem.Refusals;
import dev.muster.wire.problem.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads a body while counting bytes and time, whatever its header claims. */
final class LimitedBody implements BodySource {
  private static final int BUFFER = 16 * 1024;

  private static final long SLOWEST_BYTES_A_SECOND = 64 * 1024;

  /** How much of a refused body is still taken in, so that the answer is not lost in a reset. */
  private static final int LINGER_BYTES = 32 << 20;

  private static final Duration LINGER_TIME = Duration.ofSeconds(2);

  private final HttpServletRequest request;
  private final int max;
  private final Duration patience;

  LimitedBody(HttpServletRequest request, int max, Duration patience) {
    this.request = request;
    this.max = max;
    this.patience = patience;
  }

  @Override
  public byte[] readAll() {
    var bytes = new ByteArrayOutputStream(BUFFER);
    read((buffer, length) -> bytes.write(buffer, 0, length), Long.MAX_VALUE);
    return bytes.toByteArray();
  }

  @Override
  public void readTo(Sink sink) {
    read(sink, SLOWEST_BYTES_A_SECOND);
  }

  /** Who sends this fast gets more time for more bytes. */
  private void read(Sink sink, long bytesForASecond) {
    try {
      var in = request.getInputStream();
      if (request.getContentLengthLong() > max) {
        throw tooLarge(in);
      }
      read(in, sink, bytesForASecond);
    } catch (IOException e) {
      throw new Rejection(JettyFailures.ofBrokenRequest(e));
    }
  }

  private void read(InputStream in, Sink sink, long bytesForASecond) throws IOException {
    long begun = System.nanoTime();
    var buffer = new byte[BUFFER];
    long taken = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      taken += n;
      if (taken > max) {
        throw tooLarge(in);
      }
      var given = patience.plusSeconds(taken / bytesForASecond);
      if (System.nanoTime() - begun > given.toNanos()) {
        throw new Rejection(Refusals.ofStatus(408));
      }
      sink.next(buffer, n);
    }
  }

  private Rejection tooLarge(InputStream in) throws IOException {
    linger(in);
    return Rejection.of(
        ProblemCode.BODY_TOO_LARGE, "This operation takes at most " + max + " bytes.");
  }

  /** A connection closed over unread bytes is reset, and the caller would not see why. */
  private static void linger(InputStream in) throws IOException {
    long deadline = System.nanoTime() + LINGER_TIME.toNanos();
    var buffer = new byte[BUFFER];
    long taken = 0;
    int n = 0;
    while (n >= 0 && taken < LINGER_BYTES && System.nanoTime() - deadline < 0) {
      n = in.read(buffer);
      taken += n;
    }
  }
}
