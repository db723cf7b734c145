package dev.muster.agent.update;

import dev.muster.agent.Main;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** Makes jars that a JVM can start. */
final class Jars {
  private Jars() {}

  /**
   * A small jar.
   *
   * @param name what it writes down when it is started
   * @param behaviour {@code end <code>}, {@code hang} or {@code serve}
   */
  static byte[] small(String name, String behaviour) throws IOException {
    String type = Behaving.class.getName().replace('.', '/') + ".class";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar =
            new JarOutputStream(bytes, manifest(Behaving.class.getName(), name, ""));
        InputStream in =
            Objects.requireNonNull(Jars.class.getClassLoader().getResourceAsStream(type))) {
      put(jar, type, in.readAllBytes());
      put(jar, "behaviour", (name + " " + behaviour).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** The agent itself, as a version; what it depends on is found where the build has it. */
  static byte[] agent(String version) throws IOException, URISyntaxException {
    Path classes = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String others =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(each -> !each.equals(classes))
            .map(each -> each.toUri().toString())
            .collect(Collectors.joining(" "));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar =
            new JarOutputStream(bytes, manifest(Main.class.getName(), version, others));
        var files = Files.walk(classes)) {
      files
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(file -> put(jar, classes.relativize(file).toString(), file));
    }
    return bytes.toByteArray();
  }

  private static Manifest manifest(String main, String version, String others) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, main);
    attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    attributes.put(Attributes.Name.CLASS_PATH, others);
    return manifest;
  }

  private static void put(JarOutputStream jar, String name, Path file) {
    try {
      put(jar, name, Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
    JarEntry entry = new JarEntry(name);
    entry.setTime(0);
    jar.putNextEntry(entry);
    jar.write(content);
    jar.closeEntry();
  }
}
