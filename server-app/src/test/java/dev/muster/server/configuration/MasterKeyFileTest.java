package dev.muster.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyFileTest {
  @TempDir Path parent;

  @Test
  void the_first_start_makes_a_key_that_the_next_ones_find() throws IOException {
    Path folder = parent.resolve("new/db");

    assertThat(MasterKeyFile.keptIn(folder)).isInstanceOf(MasterKeyFile.Outcome.Kept.class);

    String key = Files.readString(folder.resolve("master.key"));
    assertThat(key).matches("[0-9a-f]{64}\n");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("master.key"))))
        .isEqualTo("rw-------");
    Files.createDirectory(folder.resolve("data"));
    assertThat(MasterKeyFile.keptIn(folder)).isInstanceOf(MasterKeyFile.Outcome.Kept.class);
    assertThat(folder.resolve("master.key")).hasContent(key);
  }

  @Test
  void servers_that_start_at_once_agree_on_one_key() throws Exception {
    var gate = new CyclicBarrier(8);
    Callable<String> start =
        () -> {
          gate.await();
          assertThat(MasterKeyFile.keptIn(parent)).isInstanceOf(MasterKeyFile.Outcome.Kept.class);
          return Files.readString(parent.resolve("master.key"));
        };

    try (var threads = Executors.newFixedThreadPool(8)) {
      var keys = threads.invokeAll(Stream.generate(() -> start).limit(8).toList());
      String first = keys.getFirst().get();
      assertThat(keys).allMatch(key -> key.resultNow().equals(first));
    }
    try (var files = Files.list(parent)) {
      assertThat(files).containsExactly(parent.resolve("master.key"));
    }
  }

  @Test
  void a_key_that_was_lost_is_not_replaced() throws IOException {
    Files.createDirectory(parent.resolve("data"));

    assertThat(refusal()).contains("master.key", "is missing, but there is data");
    assertThat(parent.resolve("master.key")).doesNotExist();
  }

  @Test
  void a_key_that_others_can_read_or_that_is_none_is_refused() throws IOException {
    MasterKeyFile.keptIn(parent);
    Path file = parent.resolve("master.key");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(refusal()).contains("chmod 600");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "not a key");
    assertThat(refusal()).contains("64 hex digits").doesNotContain("not a key");
  }

  @Test
  void a_file_in_the_place_of_the_folder_is_refused() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));

    assertThat(MasterKeyFile.keptIn(file)).isInstanceOf(MasterKeyFile.Outcome.Refused.class);
  }

  private String refusal() {
    assertThat(MasterKeyFile.keptIn(parent)).isInstanceOf(MasterKeyFile.Outcome.Refused.class);
    return ((MasterKeyFile.Outcome.Refused) MasterKeyFile.keptIn(parent)).problem().toString();
  }
}
