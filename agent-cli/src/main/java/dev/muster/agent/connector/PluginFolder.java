package dev.muster.agent.connector;

import dev.muster.agent.configuration.Problems;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The jars that bring connectors of an operator's own, each in a class loader of its own: they see
 * the agent's classes and not one another's. They run with all that the agent has, so that only
 * root and the agent's user may be able to put one there.
 */
final class PluginFolder {
  private static final int ROOT = 0;
  private static final int OTHERS_WRITE = 0022;
  private static final int EVERYONE_WRITES = 0002;
  private static final int STICKY = 01000;

  private final Path folder;
  private final int user;
  private final Problems problems;

  PluginFolder(Path folder, int user, Problems problems) {
    this.folder = folder;
    this.user = user;
    this.problems = problems;
  }

  /** The numeric id of the user that this program runs as. */
  static int currentUser() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  /** The providers in all jars; with anything noted as wrong, none of a jar's code has run. */
  List<ConnectorProvider> providers() {
    List<ConnectorProvider> found = new ArrayList<>();
    try {
      Path real = folder.toRealPath();
      List<Path> jars = jars(real);
      boolean safe = isSafe(real);
      for (Path jar : jars) {
        safe &= isSafeJar(jar);
      }
      if (safe) {
        jars.forEach(jar -> load(jar, found));
      }
    } catch (IOException unreadable) {
      problem(folder, "cannot be read: " + unreadable.getClass().getSimpleName());
    }
    return found;
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  /** Whoever can write a folder above can put another one in its place. */
  private boolean isSafe(Path folder) throws IOException {
    if (isWritable(folder, OTHERS_WRITE)) {
      problem(folder, "can be written by others: chmod go-w it");
      return false;
    }
    for (Path above = folder; above != null; above = above.getParent()) {
      boolean open = isWritable(above, EVERYONE_WRITES) && (mode(above) & STICKY) == 0;
      if (open || !isOurs(above)) {
        problem(above, "and all folders above must be root's or the agent's, and no one else's");
        return false;
      }
    }
    return true;
  }

  private boolean isSafeJar(Path jar) throws IOException {
    if (!Files.isRegularFile(jar, LinkOption.NOFOLLOW_LINKS)) {
      problem(jar, "is not a file");
      return false;
    }
    if (!isOurs(jar)) {
      problem(jar, "belongs neither to root nor to the agent's user");
      return false;
    }
    if (isWritable(jar, OTHERS_WRITE)) {
      problem(jar, "can be written by others: chmod go-w it");
      return false;
    }
    return true;
  }

  // The loader stays open as long as the program runs: classes are read when they are needed.
  private void load(Path jar, List<ConnectorProvider> found) {
    try {
      URLClassLoader loader =
          new URLClassLoader(
              "plugin " + jar.getFileName(),
              new URL[] {jar.toUri().toURL()},
              PluginFolder.class.getClassLoader());
      List<ConnectorProvider> own =
          ServiceLoader.load(ConnectorProvider.class, loader).stream()
              // The agent's own are seen through every loader.
              .filter(provider -> loader.equals(provider.type().getClassLoader()))
              .map(ServiceLoader.Provider::get)
              .toList();
      if (own.isEmpty()) {
        problem(jar, "holds no connector");
      }
      found.addAll(own);
    } catch (IOException | ServiceConfigurationError | LinkageError broken) {
      problem(jar, "cannot be loaded: " + broken.getClass().getSimpleName());
    }
  }

  private boolean isOurs(Path file) throws IOException {
    int owner = (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    return owner == ROOT || owner == user;
  }

  private static boolean isWritable(Path file, int bits) throws IOException {
    return (mode(file) & bits) != 0;
  }

  private static int mode(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
  }

  private void problem(Path file, String message) {
    problems.add("plugins", file + " " + message);
  }
}
