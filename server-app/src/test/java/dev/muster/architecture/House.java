package dev.muster.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A tree of packages laid out like Muster: {@code domain}, {@code ports}, {@code application} and
 * so on below one root.
 *
 * @param root the package that all others are below
 */
record House(String root) {
  /** The real one. */
  static final House MUSTER = new House("dev.muster");

  /** The names that a slice may have; the same in every module. */
  static final List<String> SLICES =
      List.of(
          "tenancy",
          "fleet",
          "enrolment",
          "credential",
          "access",
          "job",
          "scheduling",
          "update",
          "audit",
          "integration",
          "event",
          "workflow");

  private static final List<String> MODULES =
      List.of(
          "domain",
          "ports",
          "application",
          "adapters-jdbc",
          "wire",
          "adapters-http",
          "adapters-grpc",
          "adapters-inline",
          "sandbox",
          "tracing",
          "agent-cli",
          "server-app");

  /** The house in which a violation of the named rule was planted. */
  static House planted(String rule) {
    return new House("dev.muster.architecture.planted." + rule);
  }

  /** Everything below the root. */
  String everywhere() {
    return root + "..";
  }

  /** The package of this name below the root, with everything in it: {@code root.name..}. */
  String room(String name) {
    return root + "." + name + "..";
  }

  /** The packages of these names. */
  String[] rooms(String... names) {
    return Stream.of(names).map(this::room).toArray(String[]::new);
  }

  /** Everything that touches the world outside. */
  String[] outside() {
    return rooms("wire", "http", "grpc", "jdbc", "inline", "sandbox", "tracing", "agent", "server");
  }

  /** Where programs are put together. */
  String[] wiring() {
    return new String[] {room("server"), room("agent.command"), root + ".agent"};
  }

  /** The packages of the slices in a room. */
  String[] slicesOf(String room) {
    return rooms(SLICES.stream().map(slice -> room + "." + slice).toArray(String[]::new));
  }

  /**
   * Its compiled classes. Of Muster these are the main classes of every module, from the modules'
   * own folders: the agent is not on the class path here.
   */
  JavaClasses classes() {
    if (!equals(MUSTER)) {
      return new ClassFileImporter().importPackages(root);
    }
    return Classes.OF_MUSTER;
  }

  /** The modules that rules look at, and others. */
  static List<String> modulesAnd(String... others) {
    return Stream.concat(MODULES.stream(), Stream.of(others)).toList();
  }

  /** Every Java source of the shipped modules. */
  static List<Path> sources() {
    return javaFiles("src/main/java").toList();
  }

  /** Every Java source of their tests; what is planted there is none of them. */
  static List<Path> tests() {
    return javaFiles("src/test/java")
        .filter(file -> !file.toString().contains("/architecture/planted/"))
        .toList();
  }

  private static Stream<Path> javaFiles(String folder) {
    return MODULES.stream()
        .map(module -> checkout().resolve(module).resolve(folder))
        .filter(Files::isDirectory)
        .flatMap(House::javaFilesBelow);
  }

  /** Every Java file below a folder. */
  static Stream<Path> javaFilesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder that holds all modules: tests run in the folder of their own. */
  static Path checkout() {
    return Path.of("").toAbsolutePath().getParent();
  }

  /** Read once: importing takes longer than all rules together. */
  private static final class Classes {
    static final JavaClasses OF_MUSTER =
        new ClassFileImporter()
            .importPaths(
                MODULES.stream()
                    .map(module -> checkout().resolve(module).resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .toList());
  }
}
