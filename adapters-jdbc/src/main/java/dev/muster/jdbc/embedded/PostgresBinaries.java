package dev.muster.jdbc.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The PostgreSQL program: packed in the jar, unpacked once into a cache. */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /**
   * Returns the folder with {@code bin}, {@code lib} and {@code share}. Servers and threads that
   * share the cache wait for the first of them to unpack.
   */
  static Path unpackedBelow(Path cache) throws IOException {
    String resource = resourceFor(property("os.name"), property("os.arch"));
    Path place = DurableFiles.createFolder(cache).resolve(digest(resource));
    return Files.isDirectory(place) ? place : unpack(resource, cache, place);
  }

  static String resourceFor(String system, String architecture) {
    String machine =
        switch (architecture) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          case String other -> throw missing(system, other);
        };
    if (!system.toLowerCase(Locale.ROOT).equals("linux")) {
      throw missing(system, architecture);
    }
    return "/postgres-linux-" + machine + ".txz";
  }

  private static EmbeddedPostgresException missing(String system, String architecture) {
    return new EmbeddedPostgresException(
        "no embedded PostgreSQL for "
            + system
            + " on "
            + architecture
            + "; use an external one (MUSTER_DB_URL)");
  }

  private static String property(String name) {
    return String.valueOf(System.getProperty(name));
  }

  private static synchronized Path unpack(String resource, Path cache, Path place)
      throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock();
        InputStream archive = open(resource)) {
      if (lock.isValid() && !Files.isDirectory(place)) {
        Path temporary = cache.resolve(".unpacking");
        DurableFiles.deleteTree(temporary);
        Unpacking.unpack(archive, temporary);
        DurableFiles.moveIntoPlace(temporary, place);
      }
      return place;
    }
  }

  /** Names the place, so that a newer program never meets the files of an older one. */
  private static String digest(String resource) throws IOException {
    try (InputStream archive = open(resource)) {
      var digesting = new DigestInputStream(archive, MessageDigest.getInstance("SHA-256"));
      digesting.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static InputStream open(String resource) {
    InputStream archive = PostgresBinaries.class.getResourceAsStream(resource);
    if (archive == null) {
      throw new EmbeddedPostgresException("the archive " + resource + " is missing in the jar");
    }
    return archive;
  }
}
