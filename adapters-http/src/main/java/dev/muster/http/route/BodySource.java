package dev.muster.http.route;

/** Where the bytes of a body come from. */
@FunctionalInterface
public interface BodySource {
  /**
   * Reads to the end, within the route's limit of size and the server's of time.
   *
   * @throws dev.muster.http.problem.Rejection 413, 408, or 400 when the connection breaks off
   */
  byte[] readAll();
}
