package dev.muster.server.configuration;

import dev.muster.domain.credential.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** Which PostgreSQL the server works with. */
public sealed interface DatabaseChoice {
  /**
   * The one that comes with Muster.
   *
   * @param folder where it keeps its data; absolute
   */
  record Embedded(Path folder) implements DatabaseChoice {}

  /**
   * One that somebody else runs.
   *
   * @param url the JDBC URL, without a password
   * @param server the login that the server works as
   * @param owner the login that runs migrations; the same where no other is set
   */
  record External(String url, Login server, Login owner) implements DatabaseChoice {
    /** Whether one login does both, which gives away the wall between tenants. */
    public boolean hasOneLogin() {
      return server.user().equals(owner.user());
    }
  }

  /**
   * A login role.
   *
   * @param password empty where the database asks for none
   */
  record Login(String user, Optional<Secret> password) {}
}
