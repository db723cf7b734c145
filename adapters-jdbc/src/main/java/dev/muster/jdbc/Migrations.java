package dev.muster.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the schema up to what this server knows, under Flyway's lock. */
final class Migrations {
  private static final Set<MigrationState> UNKNOWN_TO_US =
      Set.of(
          MigrationState.FUTURE_SUCCESS,
          MigrationState.FUTURE_FAILED,
          MigrationState.MISSING_SUCCESS,
          MigrationState.MISSING_FAILED);

  private final Flyway flyway;

  Migrations(DataSource owner, String location) {
    this.flyway =
        Flyway.configure()
            .dataSource(owner)
            .locations(location)
            .failOnMissingLocations(true)
            .defaultSchema("public")
            .loggers("slf4j")
            .load();
  }

  /**
   * Applies what is missing; answers how many that were.
   *
   * @throws UnusableDatabaseException when the database is newer than this server, or refuses
   */
  int apply() {
    try {
      refuseNewer();
      return flyway.migrate().migrationsExecuted;
    } catch (FlywayException failure) {
      throw new UnusableDatabaseException(
          "the database cannot be migrated: " + firstLine(failure), failure);
    }
  }

  /** How many are missing. */
  int pending() {
    return flyway.info().pending().length;
  }

  private void refuseNewer() {
    List<String> unknown =
        Arrays.stream(flyway.info().all())
            .filter(migration -> UNKNOWN_TO_US.contains(migration.getState()))
            .map(Migrations::name)
            .toList();
    if (!unknown.isEmpty()) {
      throw new UnusableDatabaseException(
          "the database is newer than this server, which does not know "
              + String.join(", ", unknown)
              + ": run the newer server");
    }
  }

  private static String name(MigrationInfo migration) {
    return migration.isVersioned() ? "V" + migration.getVersion() : migration.getDescription();
  }

  private static String firstLine(FlywayException failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("no reason given");
  }
}
