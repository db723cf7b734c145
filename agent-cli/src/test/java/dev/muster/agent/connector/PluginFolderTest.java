package dev.muster.agent.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.configuration.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginFolderTest {
  /** Set by a plug-in's code when it runs. */
  private final String mark = "plugin." + UUID.randomUUID();

  @TempDir private Path folder;
  private Path plugins;

  @BeforeEach
  void makeFolder() throws Exception {
    plugins = Files.createDirectory(folder.resolve("plugins"));
    mode(plugins, "rwxr-xr-x");
  }

  @Test
  void a_connector_from_a_jar_runs_jobs_under_its_part_of_the_configuration() throws Exception {
    jar("hello.jar", "hello");
    Workbench bench =
        new Workbench(
            folder,
            "hello: {greeting: 'good day'}",
            "{}",
            SSLContext.getDefault(),
            Optional.of(plugins));
    assertThat(bench.completed("{\"connector\": \"hello\"}").path("said").asString())
        .isEqualTo("good day");
  }

  @Test
  void each_jar_has_a_class_loader_of_its_own() throws Exception {
    jar("one.jar", "one");
    jar("two.jar", "two");
    Problems problems = new Problems();
    List<ConnectorProvider> found =
        new PluginFolder(plugins, PluginFolder.currentUser(), problems).providers();
    assertThat(problems.list()).isEmpty();
    assertThat(found).extracting(ConnectorProvider::name).containsExactly("one", "two");
    assertThat(found.getFirst().getClass().getName())
        .isEqualTo(found.getLast().getClass().getName());
    assertThat(found.getFirst().getClass()).isNotEqualTo(found.getLast().getClass());
  }

  @Test
  void a_name_that_is_taken_is_an_error() throws Exception {
    jar("own.jar", "http");
    assertThat(problems()).containsExactly("there are two connectors of the name http");
    Files.delete(plugins.resolve("own.jar"));
    jar("one.jar", "same");
    jar("two.jar", "same");
    assertThat(problems()).containsExactly("there are two connectors of the name same");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
  void a_jar_that_others_can_write_is_refused_before_any_code_runs(String mode) throws Exception {
    jar("a-good-one.jar", "good");
    mode(jar("hello.jar", "hello"), mode);
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("hello.jar can be written by others");
    assertThat(System.getProperty(mark)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx"})
  void a_folder_that_others_can_write_is_refused_before_any_code_runs(String mode)
      throws Exception {
    jar("hello.jar", "hello");
    mode(plugins, mode);
    assertThat(problems()).singleElement().asString().contains("can be written by others");
    assertThat(System.getProperty(mark)).isNull();
  }

  @Test
  void a_folder_whose_parent_others_can_write_is_refused() throws Exception {
    jar("hello.jar", "hello");
    mode(folder, "rwxrwxrwx");
    assertThat(problems()).singleElement().asString().contains("all folders above");
    assertThat(System.getProperty(mark)).isNull();
  }

  @Test
  void a_jar_of_another_user_is_refused_before_any_code_runs() throws Exception {
    Path jar = jar("hello.jar", "hello");
    int user = PluginFolder.currentUser();
    if (user == 0) {
      Files.setAttribute(jar, "unix:uid", 65_534);
    } else {
      user++;
    }
    Problems problems = new Problems();
    assertThat(new PluginFolder(plugins, user, problems).providers()).isEmpty();
    assertThat(problems.list())
        .extracting(Problems.Problem::message)
        .contains(jar.toRealPath() + " belongs neither to root nor to the agent's user");
    assertThat(System.getProperty(mark)).isNull();
  }

  @Test
  void a_link_in_place_of_a_jar_is_refused() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.move(jar("hello.jar", "hello"), elsewhere.resolve("hello.jar"));
    Files.createSymbolicLink(plugins.resolve("hello.jar"), elsewhere.resolve("hello.jar"));
    assertThat(problems()).singleElement().asString().contains("hello.jar is not a file");
  }

  @Test
  void what_is_no_plug_in_is_an_error() throws Exception {
    Files.writeString(plugins.resolve("noise.jar"), "noise");
    mode(plugins.resolve("noise.jar"), "rw-r--r--");
    assertThat(problems()).singleElement().asString().contains("noise.jar");
    Files.delete(plugins.resolve("noise.jar"));
    PluginJar.broken(plugins.resolve("broken.jar"));
    mode(plugins.resolve("broken.jar"), "rw-r--r--");
    assertThat(problems()).singleElement().asString().contains("broken.jar cannot be loaded");
  }

  @Test
  void a_folder_that_is_missing_is_an_error() throws Exception {
    Files.delete(plugins);
    assertThat(problems()).singleElement().asString().contains("cannot be read");
  }

  private List<String> problems() {
    Problems problems = new Problems();
    ConnectorProviders.find(Optional.of(plugins), problems);
    return problems.list().stream().map(Problems.Problem::message).toList();
  }

  private Path jar(String file, String name) throws Exception {
    Path jar = PluginJar.make(plugins.resolve(file), name, mark);
    mode(jar, "rw-r--r--");
    return jar;
  }

  private static void mode(Path file, String mode) throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
