package dev.muster.jdbc.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A user of the operating system. */
record UserAccount(int uid, int gid) {
  static final int ROOT = 0;

  /** The user of this JVM. */
  static UserAccount current() throws IOException {
    return ownerOf(Path.of("/proc/self"));
  }

  static UserAccount ownerOf(Path path) throws IOException {
    return new UserAccount(
        (int) Files.getAttribute(path, "unix:uid"), (int) Files.getAttribute(path, "unix:gid"));
  }

  boolean isRoot() {
    return uid == ROOT;
  }

  /** Looks the name up; empty where no such user exists. */
  static Optional<UserAccount> named(String name) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
      return lines
          .map(line -> line.split(":", -1))
          .filter(fields -> fields.length > 3 && fields[0].equals(name))
          .map(f -> new UserAccount(Integer.parseInt(f[2]), Integer.parseInt(f[3])))
          .findFirst();
    }
  }
}
