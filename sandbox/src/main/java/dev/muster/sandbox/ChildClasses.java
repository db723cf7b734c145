package dev.muster.sandbox;

import dev.muster.sandbox.child.Child;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.mozilla.javascript.Context;

/**
 * The classes of a child in a jar of their own, wherever they come from: where everything is packed
 * into one jar, a child would otherwise have all of its parent's classes.
 */
final class ChildClasses {
  private static final List<String> FOLDERS =
      List.of("dev/muster/sandbox/child", "org/mozilla", "META-INF/services");

  private ChildClasses() {}

  /** Writes them. */
  static void write(Path jar) throws IOException {
    write(jar, List.of(sourceOf(Child.class), sourceOf(Context.class)));
  }

  /** Writes them, out of folders and jars; one may be named twice. */
  static void write(Path jar, List<Path> sources) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.setLevel(Deflater.NO_COMPRESSION);
      Set<String> written = new LinkedHashSet<>();
      for (Path source : new LinkedHashSet<>(sources)) {
        if (Files.isDirectory(source)) {
          copy(source, out, written);
        } else {
          try (FileSystem packed = FileSystems.newFileSystem(source)) {
            copy(packed.getPath("/"), out, written);
          }
        }
      }
    }
  }

  private static void copy(Path root, ZipOutputStream out, Set<String> written) throws IOException {
    for (String folder : FOLDERS) {
      Path below = root.resolve(folder);
      if (!Files.isDirectory(below)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(below)) {
        for (Path file :
            files.filter(Files::isRegularFile).filter(ChildClasses::isWanted).toList()) {
          String name = root.relativize(file).toString();
          if (written.add(name)) {
            out.putNextEntry(new ZipEntry(name));
            Files.copy(file, out);
            out.closeEntry();
          }
        }
      }
    }
  }

  private static boolean isWanted(Path file) {
    return !file.toString().contains("META-INF/services")
        || String.valueOf(file.getFileName()).startsWith("org.mozilla.");
  }

  private static Path sourceOf(Class<?> type) throws IOException {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
