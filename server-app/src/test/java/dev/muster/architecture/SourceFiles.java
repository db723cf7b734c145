package dev.muster.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What can only be seen in the sources: how long files are, whether packages are described, whether
 * tests sleep.
 *
 * @param files the Java files to look at
 */
record SourceFiles(List<Path> files) {
  private static final int LONGEST = 400;
  private static final int LONG = 200;
  private static final int MEDIAN = 60;
  private static final Pattern METHOD = Pattern.compile("^ {2}[\\w@<].*\\w\\(.*\\{$");
  private static final Pattern SLEEP = Pattern.compile("(Thread|SECONDS|TimeUnit)\\.sleep\\(");

  /** What is wrong with the lengths, in words; package descriptions do not count. */
  List<String> tooLong() {
    List<Path> types = files.stream().filter(file -> !describesPackage(file)).toList();
    if (types.isEmpty()) {
      return List.of("there are no files");
    }
    List<String> problems = new ArrayList<>();
    for (Path file : types) {
      if (lines(file) > LONGEST) {
        problems.add(file + " has " + lines(file) + " lines, over " + LONGEST);
      }
    }
    List<Integer> lengths = types.stream().map(SourceFiles::lines).sorted().toList();
    long tooMany = lengths.stream().filter(length -> length >= LONG).count();
    if (tooMany * 10 > lengths.size()) {
      problems.add(tooMany + " of " + lengths.size() + " files have " + LONG + " lines or more");
    }
    int median = lengths.get((lengths.size() - 1) / 2);
    if (median > MEDIAN) {
      problems.add("the median file has " + median + " lines, over " + MEDIAN);
    }
    return problems;
  }

  /** Folders with types but without a null-marked description of their package. */
  List<String> undescribedPackages() {
    return files.stream()
        .map(Path::getParent)
        .distinct()
        .map(folder -> folder.resolve("package-info.java"))
        .filter(description -> !isDescription(description))
        .map(description -> description + " is missing, has no Javadoc, or is not @NullMarked")
        .toList();
  }

  /**
   * Files that sleep, but for types and methods named {@code await…}: a pause between two looks.
   */
  List<Path> sleeping() {
    return files.stream()
        .filter(file -> !file.getFileName().toString().startsWith("Await"))
        .filter(SourceFiles::sleepsOutsideAnAwait)
        .toList();
  }

  private static boolean sleepsOutsideAnAwait(Path file) {
    boolean awaiting = false;
    for (String line : read(file).lines().toList()) {
      if (METHOD.matcher(line).find()) {
        awaiting = line.contains(" await");
      }
      if (SLEEP.matcher(line).find() && !awaiting) {
        return true;
      }
    }
    return false;
  }

  private static boolean describesPackage(Path file) {
    return file.endsWith("package-info.java");
  }

  private static boolean isDescription(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    String text = read(file);
    return text.contains("/**") && text.contains("@NullMarked");
  }

  private static int lines(Path file) {
    return (int) read(file).lines().count();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
