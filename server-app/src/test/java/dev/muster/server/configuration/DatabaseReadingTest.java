package dev.muster.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.Secret;
import dev.muster.server.configuration.DatabaseChoice.External;
import dev.muster.server.configuration.DatabaseChoice.Login;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseReadingTest {
  @TempDir Path folder;

  @Test
  void one_login_does_both_where_no_other_is_set() {
    var server = new Login("muster", Optional.empty());

    assertThat(Reading.external(folder).valid().database())
        .isEqualTo(new External("jdbc:postgresql://db.example:5432/muster", server, server))
        .matches(database -> ((External) database).hasOneLogin());
  }

  @Test
  void migrations_may_have_a_login_of_their_own() {
    DatabaseChoice database =
        Reading.external(folder)
            .variable("MUSTER_DB_PASSWORD", "one")
            .variable("MUSTER_DB_OWNER_USER", "owner")
            .variable("MUSTER_DB_OWNER_PASSWORD", "two")
            .valid()
            .database();

    assertThat(database)
        .isEqualTo(
            new External(
                "jdbc:postgresql://db.example:5432/muster",
                new Login("muster", Optional.of(Secret.of("one"))),
                new Login("owner", Optional.of(Secret.of("two")))))
        .matches(external -> !((External) external).hasOneLogin());
  }

  @Test
  void both_databases_are_one_too_many() {
    assertThat(Reading.external(folder).variable("MUSTER_EMBEDDED_DB", "db").problem())
        .isEqualTo("MUSTER_DB_URL, MUSTER_EMBEDDED_DB: give one of the two, not both");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MUSTER_DB_USER",
        "MUSTER_DB_PASSWORD",
        "MUSTER_DB_OWNER_USER",
        "MUSTER_DB_OWNER_PASSWORD"
      })
  void the_embedded_database_takes_no_logins(String variable) {
    assertThat(Reading.embedded(folder).variable(variable, "x").problem()).startsWith(variable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://db.example/muster",
        "jdbc:mysql://db.example/muster",
        "jdbc:postgresql://db.example/muster?user=a&password=hidden",
        "jdbc:postgresql://db.example/muster?sslPassword=hidden",
        "jdbc:postgresql://a:hidden@db.example/muster"
      })
  void a_url_that_is_not_postgresql_or_holds_credentials_is_refused(String url) {
    assertThat(Reading.external(folder).variable("MUSTER_DB_URL", url).problem())
        .startsWith("MUSTER_DB_URL: must")
        .doesNotContain("hidden");
  }

  @Test
  void a_url_needs_a_user() {
    assertThat(Reading.external(folder).variable("MUSTER_DB_USER", "").problem())
        .isEqualTo("MUSTER_DB_USER: is needed with MUSTER_DB_URL");
  }

  @Test
  void an_owners_password_needs_an_owner() {
    assertThat(Reading.external(folder).variable("MUSTER_DB_OWNER_PASSWORD", "x").problem())
        .isEqualTo("MUSTER_DB_OWNER_USER: is needed with MUSTER_DB_OWNER_PASSWORD");
  }

  @Test
  void an_external_database_serves_with_a_master_key_only_and_is_administered_without() {
    Reading reading = Reading.external(folder).variable("MUSTER_MASTER_KEY", "");

    assertThat(reading.problem()).startsWith("MUSTER_MASTER_KEY: is needed with MUSTER_DB_URL");
    assertThat(reading.valid(Purpose.ADMINISTRATION).masterKeys()).isEmpty();
  }
}
