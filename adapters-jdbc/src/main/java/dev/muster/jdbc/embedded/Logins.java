package dev.muster.jdbc.embedded;

import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The three logins of the cluster and the files that keep their passwords. */
record Logins(DatabaseLogin superuser, DatabaseLogin owner, DatabaseLogin server) {
  private static final int PASSWORD_BYTES = 32;

  /** Reads the passwords kept in the folder; makes those that are missing. */
  static Logins keptIn(Path folder) throws IOException {
    return new Logins(
        login(folder, "postgres", "superuser.password"),
        login(folder, "muster_owner", "owner.password"),
        login(folder, "muster_server", "server.password"));
  }

  private static DatabaseLogin login(Path folder, String user, String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      DurableFiles.write(file, randomPassword(), "rw-------");
    }
    return new DatabaseLogin(user, Secret.of(Files.readString(file).strip()));
  }

  private static String randomPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
