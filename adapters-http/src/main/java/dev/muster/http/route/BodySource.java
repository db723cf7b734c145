package dev.muster.http.route;

/** Where the bytes of a body come from. */
public interface BodySource {
  /**
   * Reads to the end, within the route's limit of size and the server's of time.
   *
   * @throws dev.muster.wire.problem.Rejection 413, 408, or 400 when the connection breaks off
   */
  byte[] readAll();

  /**
   * Reads to the end and passes on what comes, within the route's limit of size. Time is given by
   * the size: a body that comes too slowly is given up.
   *
   * @throws dev.muster.wire.problem.Rejection as {@link #readAll}
   */
  void readTo(Sink sink);

  /** Takes the first {@code length} bytes of a buffer that is used again afterwards. */
  @FunctionalInterface
  interface Sink {
    /** The next bytes. */
    void next(byte[] buffer, int length);
  }
}
