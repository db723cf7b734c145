package dev.muster.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresBinariesTest {
  @ParameterizedTest
  @ValueSource(strings = {"amd64", "aarch64"})
  void both_architectures_are_in_the_jar(String architecture) {
    assertThat(getClass().getResource(PostgresBinaries.resourceFor("Linux", architecture)))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"Linux, riscv64", "Mac OS X, aarch64", "Windows 11, amd64"})
  void where_there_is_no_program_the_message_names_the_way_out(String system, String machine) {
    assertThatThrownBy(() -> PostgresBinaries.resourceFor(system, machine))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("MUSTER_DB_URL")
        .hasMessageContaining(system);
  }

  @Test
  void several_at_once_unpack_once_and_over_what_a_crash_left(@TempDir Path cache)
      throws Exception {
    Files.createDirectories(cache.resolve(".unpacking/bin"));
    Callable<Path> unpack = () -> PostgresBinaries.unpackedBelow(cache);

    try (var threads = Executors.newFixedThreadPool(3)) {
      var places = threads.invokeAll(Stream.generate(() -> unpack).limit(3).toList());

      Path place = places.getFirst().get();
      assertThat(places).allMatch(other -> other.resultNow().equals(place));
      assertThat(Files.isExecutable(place.resolve("bin/postgres"))).isTrue();
      assertThat(place.resolve("include")).doesNotExist();
      try (var left = Files.list(cache)) {
        assertThat(left).containsExactlyInAnyOrder(place, cache.resolve(".lock"));
      }
    }
  }
}
