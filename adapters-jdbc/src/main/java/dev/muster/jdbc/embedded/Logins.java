package dev.muster.jdbc.embedded;

import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The three logins of the cluster and the files that keep their passwords. */
record Logins(DatabaseLogin superuser, DatabaseLogin owner, DatabaseLogin server) {

  /** Reads the passwords kept in the folder; makes those that are missing. */
  static Logins keptIn(Path folder, PasswordRandomness randomness) throws IOException {
    return new Logins(
        login(folder, "postgres", "superuser.password", randomness),
        login(folder, "muster_owner", "owner.password", randomness),
        login(folder, "muster_server", "server.password", randomness));
  }

  private static DatabaseLogin login(
      Path folder, String user, String name, PasswordRandomness randomness) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      DurableFiles.write(file, randomness.nextPassword(), "rw-------");
    }
    return new DatabaseLogin(user, Secret.of(Files.readString(file).strip()));
  }
}
