package dev.muster.agent.update;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the files beside the jar say. What is damaged says nothing. */
final class Shelf {
  private static final int MOST_BYTES = 256 * 1024;

  private final JarFiles files;

  Shelf(JarFiles files) {
    this.files = files;
  }

  JarFiles files() {
    return files;
  }

  /** The trial of a version, if it is open and has not been proved meanwhile. */
  Optional<Trial> trialOf(String sha256) throws IOException {
    boolean proven = proven(sha256).isPresent();
    return trial().filter(trial -> !proven && trial.to().equals(sha256));
  }

  Optional<Trial> trial() throws IOException {
    return Trial.read(text(files.trial()));
  }

  /** That this very version has proved itself. */
  Optional<Proven> proven(String sha256) throws IOException {
    return Proven.read(text(files.stable())).filter(proven -> proven.sha256().equals(sha256));
  }

  /** The sequence of the version with this hash; 0 where it is of no release. */
  long sequence(String sha256) throws IOException {
    Optional<Proven> proven = proven(sha256);
    if (proven.isPresent()) {
      return proven.get().sequence();
    }
    return trial().map(trial -> sequence(trial, sha256)).orElse(0L);
  }

  private static long sequence(Trial trial, String sha256) {
    if (trial.to().equals(sha256)) {
      return trial.sequence();
    }
    return trial.before().equals(sha256) ? trial.beforeSequence() : 0;
  }

  /** No release below it is installed. */
  long floor() throws IOException {
    return numbers(files.floor()).stream().mapToLong(Long::longValue).max().orElse(0);
  }

  Set<Long> failed() throws IOException {
    return Set.copyOf(numbers(files.failed()));
  }

  /** How often a release has been tried without an answer of a server's. */
  long tried(long sequence) throws IOException {
    List<Long> tried = numbers(files.tried());
    return tried.size() == 2 && tried.getFirst() == sequence ? tried.getLast() : 0;
  }

  /** What the server is still to be told, in order. */
  List<Outcome> outcomes() throws IOException {
    return text(files.report()).lines().map(Outcome::read).flatMap(Optional::stream).toList();
  }

  private List<Long> numbers(Path file) throws IOException {
    return text(file)
        .lines()
        .filter(line -> line.matches("[0-9]{1,18}"))
        .map(Long::parseLong)
        .collect(Collectors.toList());
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (NoSuchFileException missing) {
      return "";
    }
  }
}
