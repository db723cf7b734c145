package dev.muster.agent.update;

import java.io.IOException;
import java.nio.file.Path;

/** Changes of files; each is whole, and on disk when it returns. */
interface Disk {
  /** Replaces a file's content. */
  void write(Path file, String content) throws IOException;

  /** Puts a file in another's place. */
  void move(Path from, Path to) throws IOException;

  /** Gives a file a second name, in place of what had that name. */
  void link(Path existing, Path name) throws IOException;

  /** Removes a file, if it is there. */
  void remove(Path file) throws IOException;
}
