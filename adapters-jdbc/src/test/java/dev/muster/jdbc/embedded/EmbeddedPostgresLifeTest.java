package dev.muster.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops, kills, orphans, and what the next start makes of them. */
class EmbeddedPostgresLifeTest {
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  @TempDir Path folder;

  @BeforeEach
  void openFolder() throws IOException {
    Folders.open(folder);
  }

  @Test
  void committed_rows_and_passwords_outlive_a_restart_and_no_process_does() throws Exception {
    ProcessHandle postmaster;
    DatabaseLogin owner;
    try (var first = start()) {
      writeNote(first);
      owner = first.owner();
      postmaster = ProcessHandle.of(Folders.postmaster(folder)).orElseThrow();
    }
    assertThat(postmaster.onExit()).succeedsWithin(Duration.ofSeconds(10));

    try (var second = start()) {
      assertThat(second.owner()).isEqualTo(owner);
      assertNoteIsKept(second);
    }
  }

  @Test
  void committed_rows_outlive_a_postgres_that_is_killed() throws Exception {
    try (var first = start()) {
      writeNote(first);
      kill(Folders.postmaster(folder));
    }

    try (var second = start()) {
      assertNoteIsKept(second);
    }
  }

  @Test
  void a_postgres_that_is_killed_comes_back_by_itself_where_it_was() throws Exception {
    try (var postgres = start()) {
      writeNote(postgres);
      for (int kills = 0; kills < 2; kills++) {
        kill(Folders.postmaster(folder));
        awaitAnswer(postgres);
        assertNoteIsKept(postgres);
      }
    }
    assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
  }

  @Test
  void the_postgres_of_a_killed_server_is_stopped_by_the_next_one() throws Exception {
    ServerProcess killed = ServerProcess.start(folder);
    int orphanPort = Integer.parseInt(killed.firstLine());
    long orphan = Folders.postmaster(folder);
    killed.kill();
    assertThat(ProcessHandle.of(orphan)).isPresent();

    try (var next = start()) {
      assertThat(Folders.postmaster(folder)).isNotEqualTo(orphan);
      assertThat(Sql.value(next, next.server(), "SELECT 1")).isEqualTo("1");
      assertThatThrownBy(() -> new Socket(next.host(), orphanPort).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void the_folder_of_a_live_server_is_refused_to_another_process() throws Exception {
    try (var other = ServerProcess.start(folder)) {
      assertThat(other.firstLine()).matches("\\d+");

      assertThatThrownBy(this::start)
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContaining("in use by another Muster server (process ");
      assertThat(Folders.postmaster(folder)).isPositive();
    }
    start().close();
  }

  @Test
  void a_process_id_that_went_to_another_process_stops_nothing_and_nobody() throws Exception {
    start().close();
    Process bystander = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(folder.resolve("data/postmaster.pid"), bystander.pid() + "\n");

      start().close();

      assertThat(bystander.isAlive()).isTrue();
    } finally {
      bystander.destroyForcibly();
    }
  }

  @Test
  void a_first_start_that_was_cut_short_is_begun_again() throws Exception {
    Files.createDirectory(folder.resolve("data.new"));
    Files.writeString(folder.resolve("data.new/PG_VERSION"), "18");
    Files.writeString(folder.resolve("initdb.password"), "left behind");

    try (var postgres = start()) {
      assertThat(Sql.value(postgres, postgres.server(), "SELECT 1")).isEqualTo("1");
    }
    assertThat(folder.resolve("initdb.password")).doesNotExist();
  }

  @Test
  void a_lost_superuser_password_is_named() throws Exception {
    start().close();
    Files.delete(folder.resolve("superuser.password"));

    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("superuser.password");
    assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
  }

  @Test
  void damaged_data_is_refused_with_postgres_own_reason() throws Exception {
    start().close();
    Files.delete(folder.resolve("data/global/pg_control"));

    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("could not find the database system")
        .message()
        .hasLineCount(1);
  }

  @Test
  void a_file_in_the_place_of_the_folder_is_refused_in_one_line() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> EmbeddedPostgres.start(file, Folders.BINARIES))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("not a folder: " + file);
  }

  @Test
  void a_folder_that_everyone_can_write_is_refused_as_home_and_for_the_programs() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> EmbeddedPostgres.start(open, Folders.BINARIES))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("chmod o-w " + open);
    assertThatThrownBy(() -> EmbeddedPostgres.start(folder.resolve("home"), open))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("chmod o-w " + open);
  }

  @Test
  void under_root_a_folder_that_only_root_can_reach_works_too() throws Exception {
    assumeTrue(UserAccount.current().isRoot(), "not run as root");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));

    try (var first = start()) {
      writeNote(first);
    }
    try (var second = start()) {
      assertNoteIsKept(second);
    }
    assertThat(Folders.mode(folder)).isEqualTo("rwx------");
  }

  @Test
  void a_user_who_is_not_root_runs_it_as_himself() throws Exception {
    try (var server = ServerProcess.start(folder, asUnprivilegedUser())) {
      assertThat(server.firstLine()).matches("\\d+");
      assertThat(UserAccount.ownerOf(folder.resolve("data")).uid())
          .isEqualTo(UserAccount.ownerOf(folder.resolve("muster.lock")).uid());
    }
  }

  @Test
  void a_folder_that_cannot_be_written_is_refused_in_one_line() throws Exception {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));

    try (var server = ServerProcess.start(closed, asUnprivilegedUser())) {
      assertThat(server.firstLine()).contains("cannot use " + closed, "not writable");
    }
  }

  /** In a user namespace, so that the test's classes stay readable below {@code /root}. */
  private static String[] asUnprivilegedUser() throws IOException {
    return UserAccount.current().isRoot()
        ? new String[] {"unshare", "--user", "--map-user=65534", "--map-group=65534"}
        : new String[0];
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(folder, Folders.BINARIES);
  }

  private static void kill(long pid) throws Exception {
    var process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().get(10, TimeUnit.SECONDS);
  }

  private static void awaitAnswer(EmbeddedPostgres postgres) {
    Instant end = Instant.now().plus(LONGEST_START);
    while (!answers(postgres)) {
      assertThat(Instant.now()).as("PostgreSQL answers again").isBefore(end);
    }
  }

  private static boolean answers(EmbeddedPostgres postgres) {
    try {
      return Sql.value(postgres, postgres.server(), "SELECT 1").equals("1");
    } catch (SQLException away) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      return false;
    }
  }

  private static void writeNote(EmbeddedPostgres postgres) throws SQLException {
    Sql.run(
        postgres,
        postgres.owner(),
        "CREATE TABLE notes (note text)",
        "INSERT INTO notes VALUES ('kept')");
  }

  private static void assertNoteIsKept(EmbeddedPostgres postgres) throws SQLException {
    assertThat(Sql.value(postgres, postgres.owner(), "SELECT note FROM notes")).isEqualTo("kept");
  }
}
