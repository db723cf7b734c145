package dev.muster.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {
  @TempDir Path folder;

  @Test
  void files_of_muster_are_short() {
    assertThat(new SourceFiles(House.sources()).tooLong()).isEmpty();
  }

  @Test
  void packages_of_muster_are_described_and_null_marked() {
    assertThat(House.sources()).hasSizeGreaterThan(50);
    assertThat(new SourceFiles(House.sources()).undescribedPackages()).isEmpty();
  }

  @Test
  void every_shipped_module_is_looked_at() throws IOException {
    String pom = Files.readString(House.checkout().resolve("pom.xml"));
    Matcher modules = Pattern.compile("<module>(.*)</module>").matcher(pom);

    assertThat(modules.results().map(module -> module.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            House.modulesAnd("migrations", "protocol", "benchmarks"));
  }

  @Test
  void tests_of_muster_await_and_never_sleep() {
    assertThat(House.tests()).isNotEmpty();
    assertThat(new SourceFiles(House.tests()).sleeping()).isEmpty();
  }

  @Test
  void a_sleeping_test_is_found() throws IOException {
    Path sleeper = Files.writeString(folder.resolve("A.java"), "  Thread." + "sleep(100);");
    Path other =
        Files.writeString(
            folder.resolve("B.java"), "  void awaitEnd() {\n    Thread." + "sleep(1);");

    assertThat(new SourceFiles(List.of(sleeper, other)).sleeping()).containsExactly(sleeper);
  }

  @Test
  void a_file_of_401_lines_is_too_long_and_one_of_400_is_not() throws IOException {
    SourceFiles files =
        files(401, 400, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10);

    assertThat(files.tooLong()).singleElement().asString().contains("401 lines");
  }

  @Test
  void one_file_in_ten_may_have_200_lines_but_not_two_in_eleven() throws IOException {
    assertThat(files(200, 1, 1, 1, 1, 1, 1, 1, 1, 1).tooLong()).isEmpty();
    assertThat(files(200, 200, 1, 1, 1, 1, 1, 1, 1, 1, 1).tooLong())
        .singleElement()
        .asString()
        .contains("2 of 11 files");
  }

  @Test
  void the_median_file_has_60_lines_at_most() throws IOException {
    assertThat(files(1, 60, 99).tooLong()).isEmpty();
    assertThat(files(1, 61, 99).tooLong())
        .singleElement()
        .asString()
        .contains("median file has 61");
  }

  @Test
  void no_files_at_all_prove_nothing() {
    assertThat(new SourceFiles(List.of()).tooLong()).isNotEmpty();
  }

  @Test
  void a_package_needs_a_description_with_javadoc_and_the_null_mark() throws IOException {
    Path type = Files.writeString(folder.resolve("Job.java"), "record Job() {}");
    Path description = folder.resolve("package-info.java");
    SourceFiles files = new SourceFiles(List.of(type));

    assertThat(files.undescribedPackages()).hasSize(1);
    Files.writeString(description, "@NullMarked package a;");
    assertThat(files.undescribedPackages()).hasSize(1);
    Files.writeString(description, "/** Jobs. */ package a;");
    assertThat(files.undescribedPackages()).hasSize(1);
    Files.writeString(description, "/** Jobs. */ @NullMarked package a;");
    assertThat(files.undescribedPackages()).isEmpty();
  }

  private SourceFiles files(int... lengths) throws IOException {
    List<Path> made = new ArrayList<>();
    for (int length : lengths) {
      made.add(
          Files.writeString(folder.resolve("T" + made.size() + ".java"), "//\n".repeat(length)));
    }
    return new SourceFiles(made);
  }
}
