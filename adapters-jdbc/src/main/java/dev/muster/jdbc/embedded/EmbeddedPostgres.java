package dev.muster.jdbc.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running PostgreSQL that belongs to one folder and to this object. It keeps running until {@link
 * #close()}, so close it after everything that uses it; should it end by itself, it is started
 * again. It survives a killed JVM; the next {@link #start} on the folder stops that orphan and
 * starts anew. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  static final String DATABASE = "muster";

  private final FolderLock lock;
  private final Cluster cluster;
  private final int port;
  private final Logins logins;
  private final Watch watch;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedPostgres(FolderLock lock, Cluster cluster, int port, Logins logins, Watch watch) {
    this.lock = lock;
    this.cluster = cluster;
    this.port = port;
    this.logins = logins;
    this.watch = watch;
  }

  /**
   * Starts the PostgreSQL of {@code folder}, which is made if missing, with the program unpacked
   * into it.
   *
   * @throws EmbeddedPostgresException with one line to act on, when it cannot be started
   */
  public static EmbeddedPostgres start(Path folder) {
    return start(folder, folder.resolve("binaries"));
  }

  /**
   * Starts the PostgreSQL of {@code folder} with the program unpacked into {@code binaries}, a
   * cache that any number of folders may share at the same time.
   *
   * @throws EmbeddedPostgresException with one line to act on, when it cannot be started
   */
  public static EmbeddedPostgres start(Path folder, Path binaries) {
    try {
      Path home = DurableFiles.createFolder(folder.toAbsolutePath().normalize()).toRealPath();
      FolderLock lock = FolderLock.take(home);
      try {
        return startLocked(home, binaries.toAbsolutePath().normalize(), lock);
      } catch (IOException | RuntimeException failure) {
        lock.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw new EmbeddedPostgresException(
          "the embedded PostgreSQL cannot use " + folder + ": " + Reason.of(failure), failure);
    }
  }

  private static EmbeddedPostgres startLocked(Path home, Path cache, FolderLock lock)
      throws IOException {
    Path binaries = PostgresBinaries.unpackedBelow(cache);
    Logins logins = Logins.keptIn(home, new PasswordRandomness());
    Cluster cluster = Cluster.prepared(home, binaries, logins.superuser().password());
    int port = cluster.start();
    try {
      DatabaseSetup.apply(port, logins);
      return new EmbeddedPostgres(lock, cluster, port, logins, Watch.over(cluster, port));
    } catch (IOException | RuntimeException failure) {
      cluster.stop();
      throw failure;
    }
  }

  /** Always loopback. */
  public String host() {
    return ClusterSettings.HOST;
  }

  /** The TCP port, another one after every start. */
  public int port() {
    return port;
  }

  /** The JDBC URL of Muster's database, without credentials. */
  public String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  /** The JDBC URL of another database of this cluster, without credentials. */
  public String jdbcUrl(String database) {
    return ClusterSettings.jdbcUrl(port, database);
  }

  /** The login that the server works as: neither superuser nor exempt from row-level security. */
  public DatabaseLogin server() {
    return logins.server();
  }

  /** The login that runs migrations: owns the database and may create roles. */
  public DatabaseLogin owner() {
    return logins.owner();
  }

  /** The cluster's superuser, for administration and tests; the server never uses it. */
  public DatabaseLogin superuser() {
    return logins.superuser();
  }

  /**
   * Stops PostgreSQL: open transactions are rolled back, what was committed is on disk. Returns
   * when it has ended; a second call does nothing.
   *
   * @throws EmbeddedPostgresException when it does not end within the deadline
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try (lock) {
        watch.stop();
        cluster.stop();
      }
    }
  }
}
