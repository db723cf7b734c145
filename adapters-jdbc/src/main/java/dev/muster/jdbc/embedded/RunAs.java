package dev.muster.jdbc.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** As whom PostgreSQL runs, which refuses to run as root. */
sealed interface RunAs {
  /** What stands before a command. */
  List<String> prefix();

  /** Makes the path this user's own. */
  void own(Path path) throws IOException;

  /** The user of this JVM, who is not root. */
  record Oneself() implements RunAs {
    @Override
    public List<String> prefix() {
      return List.of();
    }

    @Override
    public void own(Path path) {
      // What this JVM makes is its user's already.
    }
  }

  /** Root gives its rights up for those of another user. */
  record AnotherUser(UserAccount account) implements RunAs {
    @Override
    public List<String> prefix() {
      return List.of(
          "setpriv",
          "--reuid=" + account.uid(),
          "--regid=" + account.gid(),
          "--clear-groups",
          "--no-new-privs");
    }

    @Override
    public void own(Path path) throws IOException {
      Files.setAttribute(path, "unix:uid", account.uid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", account.gid(), LinkOption.NOFOLLOW_LINKS);
    }
  }

  /**
   * Root without its capabilities, under another name in a user namespace of its own. Files stay
   * root's, so it reaches below {@code /root}, where no other user could.
   */
  record Namespace(UserAccount account) implements RunAs {
    @Override
    public List<String> prefix() {
      return List.of(
          "unshare", "--user", "--map-user=" + account.uid(), "--map-group=" + account.gid());
    }

    @Override
    public void own(Path path) {
      // Outside of the namespace it is root, who made the path.
    }
  }
}
