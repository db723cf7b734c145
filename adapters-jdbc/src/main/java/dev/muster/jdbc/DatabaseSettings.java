package dev.muster.jdbc;

import dev.muster.jdbc.embedded.DatabaseLogin;
import java.time.Duration;

/**
 * Which database, and as whom.
 *
 * @param url the JDBC URL, without credentials
 * @param server the login that the server works as
 * @param owner the login that runs migrations; may be the same one
 * @param connections how many connections the pool keeps
 * @param patience how long work waits for one of them, at least 250 ms
 */
public record DatabaseSettings(
    String url, DatabaseLogin server, DatabaseLogin owner, int connections, Duration patience) {
  /** How many connections a server keeps where nobody says. */
  public static final int USUAL_CONNECTIONS = 20;

  /** How long work waits for a connection where nobody says. */
  public static final Duration USUAL_PATIENCE = Duration.ofSeconds(5);

  /** Checks the number of connections. */
  public DatabaseSettings {
    if (connections < 1) {
      throw new IllegalArgumentException("a pool has at least one connection");
    }
  }
}
