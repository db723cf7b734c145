package dev.muster.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start gives, looked at on one instance. */
class EmbeddedPostgresTest {
  @TempDir static Path folder;

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start(Folders.open(folder), Folders.BINARIES);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "full_page_writes, on",
    "synchronous_commit, on",
    "data_checksums, on",
    "password_encryption, scram-sha-256",
    "listen_addresses, 127.0.0.1",
    "unix_socket_directories, ''",
    "server_encoding, UTF8",
    "max_connections, 100"
  })
  void it_is_durable_and_listens_on_loopback_only(String setting, String value)
      throws SQLException {
    assertThat(Sql.value(postgres, postgres.superuser(), "SHOW " + setting)).isEqualTo(value);
  }

  @Test
  void text_is_compared_by_code_point_and_knows_upper_case_beyond_ascii() throws SQLException {
    assertThat(Sql.value(postgres, postgres.server(), "SELECT upper('é') || ('B' < 'a')"))
        .isEqualTo("Étrue");
  }

  @Test
  void neither_login_is_superuser_or_exempt_from_row_level_security() throws SQLException {
    String flags =
        "SELECT string_agg(rolname, ',') FROM pg_roles WHERE rolname LIKE 'muster%%' AND %s";

    assertThat(Sql.value(postgres, postgres.server(), flags.formatted("rolcanlogin")))
        .contains("muster_owner", "muster_server");
    assertThat(
            Sql.value(postgres, postgres.server(), flags.formatted("(rolsuper OR rolbypassrls)")))
        .isNull();
    assertThat(Sql.value(postgres, postgres.server(), flags.formatted("rolcreaterole")))
        .isEqualTo("muster_owner");
  }

  @Test
  void the_owner_makes_roles_and_the_server_has_rights_only_while_it_takes_one()
      throws SQLException {
    Sql.run(
        postgres,
        postgres.owner(),
        "CREATE ROLE some_tenant NOLOGIN",
        "GRANT some_tenant TO muster_server",
        "CREATE TABLE notes (note text)",
        "GRANT SELECT ON notes TO some_tenant");

    Sql.run(postgres, postgres.server(), "SET ROLE some_tenant", "SELECT FROM notes");
    assertThatThrownBy(() -> Sql.run(postgres, postgres.server(), "SELECT FROM notes"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> Sql.run(postgres, postgres.server(), "CREATE TABLE mine ()"))
        .hasMessageContaining("permission denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "muster_owner", "muster_server"})
  void nobody_gets_in_without_the_password(String user) {
    var login = new DatabaseLogin(user, Secret.of("guess"));

    assertThatThrownBy(() -> Sql.connect(postgres, login))
        .hasMessageContaining("password authentication failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"superuser.password", "owner.password", "server.password"})
  void a_password_is_random_and_its_file_its_owners_alone(String name) throws IOException {
    assertThat(Folders.mode(folder.resolve(name))).isEqualTo("rw-------");
    assertThat(Files.readString(folder.resolve(name))).hasSize(43);
  }

  @Test
  void nothing_half_made_stays_behind() throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "data",
              "muster.lock",
              "postgres.log",
              "superuser.password",
              "owner.password",
              "server.password");
    }
    assertThat(Folders.mode(folder.resolve("data"))).isEqualTo("rwx------");
  }

  @Test
  void it_inherits_nothing_from_the_servers_environment() throws IOException {
    Path environment = Path.of("/proc", "" + Folders.postmaster(folder), "environ");

    assertThat(Files.readString(environment).split("\0"))
        .isNotEmpty()
        .allMatch(entry -> entry.matches("(PATH|LC_\\w+|TZ|PG\\w+|PWD|OLDPWD|SHLVL|_)=.*"));
  }

  @Test
  void under_root_it_runs_as_somebody_else() throws IOException {
    assumeTrue(UserAccount.current().isRoot(), "not run as root");

    UserAccount user = UserAccount.ownerOf(Path.of("/proc", "" + Folders.postmaster(folder)));
    assertThat(user.isRoot()).isFalse();
    assertThat(user).isEqualTo(UserAccount.ownerOf(folder.resolve("data")));
  }

  @Test
  void a_second_owner_in_the_same_process_is_refused_and_the_first_keeps_the_folder()
      throws Exception {
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(folder, Folders.BINARIES))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContaining("in use by another Muster server");
    }
    try (var other = ServerProcess.start(folder)) {
      assertThat(other.firstLine()).contains("in use", "process " + ProcessHandle.current().pid());
    }
    assertThat(Sql.value(postgres, postgres.server(), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void the_host_is_loopback() throws IOException {
    assertThat(InetAddress.getByName(postgres.host()).isLoopbackAddress()).isTrue();
    assertThat(postgres.jdbcUrl())
        .isEqualTo("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/muster");
  }
}
