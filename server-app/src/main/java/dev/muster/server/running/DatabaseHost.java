package dev.muster.server.running;

import dev.muster.domain.credential.MasterKeys;
import dev.muster.domain.credential.Secret;
import dev.muster.jdbc.DatabaseSettings;
import dev.muster.jdbc.JdbcDatabase;
import dev.muster.jdbc.embedded.DatabaseLogin;
import dev.muster.jdbc.embedded.EmbeddedPostgres;
import dev.muster.server.configuration.DatabaseChoice;
import dev.muster.server.configuration.MasterKeyFile;
import dev.muster.server.configuration.ServerConfiguration;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is: the embedded one, which this starts and stops, or somebody else's. Close
 * it after everything that uses the database.
 */
public final class DatabaseHost implements AutoCloseable {
  private final @Nullable EmbeddedPostgres embedded;
  private final Optional<MasterKeys> masterKeys;
  private final DatabaseSettings settings;

  private DatabaseHost(
      @Nullable EmbeddedPostgres embedded,
      Optional<MasterKeys> masterKeys,
      DatabaseSettings settings) {
    this.embedded = embedded;
    this.masterKeys = masterKeys;
    this.settings = settings;
  }

  /**
   * Starts the embedded database where that is the choice. Its master key is read or made before,
   * so that there never is data without the key that seals it.
   */
  public static DatabaseHost of(ServerConfiguration configuration) {
    return switch (configuration.database()) {
      case DatabaseChoice.Embedded embedded -> {
        MasterKeys keys = configuration.masterKeys().orElseGet(() -> keysBeside(embedded.folder()));
        yield embedded(EmbeddedPostgres.start(embedded.folder()), keys);
      }
      case DatabaseChoice.External external ->
          new DatabaseHost(
              null,
              configuration.masterKeys(),
              new DatabaseSettings(
                  external.url(),
                  login(external.server()),
                  login(external.owner()),
                  DatabaseSettings.USUAL_CONNECTIONS,
                  DatabaseSettings.USUAL_PATIENCE));
    };
  }

  private static MasterKeys keysBeside(Path folder) {
    return switch (MasterKeyFile.keptIn(folder)) {
      case MasterKeyFile.Outcome.Kept kept -> kept.keys();
      case MasterKeyFile.Outcome.Refused refused ->
          throw new StartRefusedException(refused.problem().toString());
    };
  }

  private static DatabaseHost embedded(EmbeddedPostgres postgres, MasterKeys keys) {
    return new DatabaseHost(
        postgres,
        Optional.of(keys),
        new DatabaseSettings(
            postgres.jdbcUrl(),
            postgres.server(),
            postgres.owner(),
            DatabaseSettings.USUAL_CONNECTIONS,
            DatabaseSettings.USUAL_PATIENCE));
  }

  private static DatabaseLogin login(DatabaseChoice.Login login) {
    return new DatabaseLogin(login.user(), login.password().orElse(Secret.of("")));
  }

  /**
   * The keys that seal what is stored there.
   *
   * @throws IllegalStateException where none were given, which is refused for those who serve
   */
  MasterKeys masterKeys() {
    return masterKeys.orElseThrow(() -> new IllegalStateException("no master key was given"));
  }

  /** Applies missing migrations; answers how many. */
  public int migrate() {
    return JdbcDatabase.migrate(settings);
  }

  /** Migrates, checks and connects. */
  public JdbcDatabase open() {
    return JdbcDatabase.open(settings);
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
  }
}
