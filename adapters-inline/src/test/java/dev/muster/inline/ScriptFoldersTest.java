package dev.muster.inline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptFoldersTest {
  @TempDir private Path below;

  @Test
  void each_script_has_a_folder_that_nobody_else_opens_and_that_goes_with_it() throws Exception {
    try (ScriptFolders folders = ScriptFolders.make(below)) {
      Path path;
      try (ScriptFolders.Place place = folders.place()) {
        path = place.path();
        Files.writeString(path.resolve("sandbox.jar"), "x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .isEqualTo("rwx------");
      }
      assertThat(path).doesNotExist();
    }
    assertThat(listed()).isEmpty();
  }

  @Test
  void what_a_killed_server_left_is_removed_and_what_a_living_one_has_is_not() throws Exception {
    Path killed = Files.createDirectory(below.resolve("muster-inline-dead"));
    Files.createFile(killed.resolve("lock"));
    Files.createDirectory(killed.resolve("script-1"));
    Path other = Files.createDirectory(below.resolve("muster-inline-being-made"));
    Path elsewhere = Files.createDirectory(below.resolve("somebody-elses"));
    try (ScriptFolders living = ScriptFolders.make(below);
        ScriptFolders.Place place = living.place()) {
      ScriptFolders.make(below).close();

      assertThat(killed).doesNotExist();
      assertThat(List.of(place.path(), other, elsewhere)).allMatch(Files::isDirectory);
    }
  }

  private List<Path> listed() throws Exception {
    try (Stream<Path> all = Files.list(below)) {
      return all.toList();
    }
  }
}
