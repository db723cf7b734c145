package dev.muster.jdbc.embedded;

import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The data of one PostgreSQL, and its being started and stopped. */
final class Cluster {
  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration FAST_STOP = Duration.ofSeconds(60);
  private static final Duration IMMEDIATE_STOP = Duration.ofSeconds(20);
  private static final Duration MARGIN = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 20;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);

  private final Path data;
  private final Path log;
  private final Path binaries;
  private final RunAs user;
  private final Postmaster postmaster;

  private Cluster(Path home, Path binaries, RunAs user) {
    this.data = home.resolve("data");
    this.log = home.resolve("postgres.log");
    this.binaries = binaries;
    this.user = user;
    this.postmaster = new Postmaster(data);
  }

  /** Makes the data where there is none. */
  static Cluster prepared(Path home, Path binaries, Secret superuserPassword) throws IOException {
    Path data = home.resolve("data");
    RunAs user =
        Files.exists(data)
            ? RunAsChoice.ownerOf(data, binaries.resolve("bin/postgres"))
            : new ClusterCreation(home, binaries).create(data, superuserPassword);
    return new Cluster(home, binaries, user);
  }

  /**
   * Stops what a killed server left behind, then starts.
   *
   * @return the port it listens on
   */
  int start() throws IOException {
    stop();
    postmaster.forgetForeignProcess();
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      if (started(port, attempt == ATTEMPTS)) {
        return port;
      }
    }
  }

  /** Starts what has ended by itself, on the port that it had. */
  void startAgain(int port) throws IOException {
    postmaster.forgetForeignProcess();
    int attempt = 1;
    while (!started(port, attempt == ATTEMPTS)) {
      attempt++;
    }
  }

  /** Whether it works on its data now. */
  boolean isRunning() throws IOException {
    return postmaster.isRunning();
  }

  private boolean started(int port, boolean isLast) throws IOException {
    Tool.Outcome outcome = startOn(port);
    if (!outcome.succeeded()) {
      StartFailure failure = StartFailure.in(outcome.output(), Files.readString(log));
      if (!failure.passes() || isLast) {
        throw new EmbeddedPostgresException(
            "the embedded PostgreSQL does not start: " + failure.reason() + " (see " + log + ")");
      }
      pause();
    }
    return outcome.succeeded();
  }

  private Tool.Outcome startOn(int port) throws IOException {
    DurableFiles.write(data.resolve("postgresql.conf"), ClusterSettings.file(port), "rw-r--r--");
    DurableFiles.write(log, "", "rw-------");
    user.own(log);
    return control(START, "start", "-l", log.toString());
  }

  /**
   * Ends it, when it runs: fast at first, which writes everything out, and where that takes too
   * long without, which costs only a recovery at the next start.
   */
  void stop() {
    try {
      if (stopped(FAST_STOP, "fast") || stopped(IMMEDIATE_STOP, "immediate")) {
        return;
      }
    } catch (IOException failure) {
      throw new EmbeddedPostgresException(
          "the embedded PostgreSQL does not stop: " + Reason.of(failure), failure);
    }
    throw new EmbeddedPostgresException("the embedded PostgreSQL on " + data + " does not stop");
  }

  private boolean stopped(Duration deadline, String mode) throws IOException {
    return !postmaster.isRunning()
        || control(deadline, "stop", "-m", mode).succeeded()
        || !postmaster.isRunning();
  }

  private Tool.Outcome control(Duration deadline, String verb, String option, String value)
      throws IOException {
    String seconds = Long.toString(deadline.toSeconds());
    return new Tool(user, data, deadline.plus(MARGIN))
        .run(
            List.of(
                binaries.resolve("bin/pg_ctl").toString(),
                verb,
                "-D",
                data.toString(),
                option,
                value,
                "-w",
                "-t",
                seconds,
                "-s"));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName(ClusterSettings.HOST))) {
      return socket.getLocalPort();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_ATTEMPTS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("interrupted while starting the embedded PostgreSQL");
    }
  }
}
