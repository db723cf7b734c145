package dev.muster.agent.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A control group of the kernel's (cgroups(7), version 2), with all below it. What is in it stays
 * in it through forks, sessions and changes of environment. No controller is used, so that it
 * limits nothing. A group that is gone has no members.
 *
 * @param folder its folder in the control group file system
 */
record ControlGroup(Path folder) {
  private static final String MEMBERS = "cgroup.procs";
  private static final String KILL = "cgroup.kill";

  /** The file that a process joins by, when it writes 0 to it. */
  Path door() {
    return folder.resolve(MEMBERS);
  }

  /** Makes it. */
  void make() throws IOException {
    Files.createDirectories(folder);
  }

  /** The ids of all processes in it. */
  Set<Long> members() {
    Set<Long> members = new HashSet<>();
    for (Path each : withAllBelow()) {
      try {
        Files.readAllLines(each.resolve(MEMBERS)).stream()
            .map(Long::parseLong)
            .filter(pid -> pid > 0)
            .forEach(members::add);
      } catch (IOException gone) {
        // Then it has none any more.
      }
    }
    return members;
  }

  /** Takes a process in, but nothing that it has started already. */
  void take(long pid) {
    try {
      Files.writeString(door(), Long.toString(pid), StandardOpenOption.WRITE);
    } catch (IOException ended) {
      // Or not ours to move: it is found without.
    }
  }

  /** Kills all in it at once, those that fork at this moment too; Linux 5.14, else does nothing. */
  void kill() {
    Path kill = folder.resolve(KILL);
    if (Files.exists(kill)) {
      try {
        Files.writeString(kill, "1", StandardOpenOption.WRITE);
      } catch (IOException refused) {
        // Who is left is killed one by one, and reported if need be.
      }
    }
  }

  /** Removes it and all below it; what still has members stays. */
  void remove() {
    for (Path each : withAllBelow().reversed()) {
      try {
        Files.deleteIfExists(each);
      } catch (IOException stillUsed) {
        // The next start of the agent removes it.
      }
    }
  }

  /** This one first. */
  private List<Path> withAllBelow() {
    List<Path> all = new ArrayList<>();
    all.add(folder);
    for (int next = 0; next < all.size(); next++) {
      try (DirectoryStream<Path> inside =
          Files.newDirectoryStream(all.get(next), Files::isDirectory)) {
        inside.forEach(all::add);
      } catch (IOException | DirectoryIteratorException gone) {
        // Removed while we looked.
      }
    }
    return all;
  }
}
