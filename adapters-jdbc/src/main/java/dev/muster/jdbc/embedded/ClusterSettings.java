package dev.muster.jdbc.embedded;

/** How the cluster is configured; written anew before every start. */
final class ClusterSettings {
  static final String HOST = "127.0.0.1";

  private ClusterSettings() {}

  static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://" + HOST + ":" + port + "/" + database;
  }

  /**
   * The text of {@code postgresql.conf}. Errors of a session are not logged here: the session is
   * told of them, and their text may carry a tenant's values.
   */
  static String file(int port) {
    return """
    # Written by Muster at every start; changes are lost.
    listen_addresses = '%s'
    port = %d
    unix_socket_directories = ''
    password_encryption = 'scram-sha-256'

    fsync = on
    full_page_writes = on
    synchronous_commit = on

    max_connections = 100
    shared_buffers = '128MB'
    max_wal_size = '1GB'
    jit = off

    timezone = 'UTC'
    log_timezone = 'UTC'
    lc_messages = 'C'
    log_line_prefix = '%%m [%%p] '
    log_min_messages = 'log'
    log_min_error_statement = 'panic'
    log_error_verbosity = 'terse'
    log_checkpoints = off
    """
        .formatted(HOST, port);
  }
}
