package dev.muster.jdbc.embedded;

import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** Makes the data of a new cluster, whole or not at all. */
record ClusterCreation(Path home, Path binaries) {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  /** Creates {@code data} and says to whom it belongs. */
  RunAs create(Path data, Secret superuserPassword) throws IOException {
    Path unfinished = home.resolve("data.new");
    DurableFiles.deleteTree(unfinished);
    Files.createDirectory(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    RunAs user = RunAsChoice.forNew(unfinished, binaries.resolve("bin/postgres"));
    initialise(unfinished, user, superuserPassword);
    DurableFiles.moveIntoPlace(unfinished, data);
    return user;
  }

  /** The password goes through a file that only PostgreSQL's user reads, gone a moment later. */
  private void initialise(Path unfinished, RunAs user, Secret password) throws IOException {
    Path passwordFile = home.resolve("initdb.password");
    try {
      DurableFiles.write(passwordFile, password.reveal(), "rw-------");
      user.own(passwordFile);
      Tool.Outcome outcome =
          new Tool(user, unfinished, DEADLINE).run(command(unfinished, passwordFile));
      if (!outcome.succeeded()) {
        throw new EmbeddedPostgresException(
            "the embedded PostgreSQL cannot make its data in %s: %s"
                .formatted(home, StartFailure.in(outcome.output(), "").reason()));
      }
    } finally {
      Files.deleteIfExists(passwordFile);
    }
  }

  private List<String> command(Path unfinished, Path passwordFile) {
    return List.of(
        binaries.resolve("bin/initdb").toString(),
        "--pgdata=" + unfinished,
        "--username=postgres",
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
        "--no-instructions");
  }
}
