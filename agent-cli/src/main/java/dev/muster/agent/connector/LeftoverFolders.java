package dev.muster.agent.connector;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The working folders of jobs that a killed agent has left behind; secrets may be in them. */
public final class LeftoverFolders {
  private LeftoverFolders() {}

  /** Removes them. To be called at start, before the first job. */
  public static void remove(Path workFolder) throws IOException {
    if (!Files.isDirectory(workFolder)) {
      return;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(workFolder)) {
      for (Path folder : folders) {
        new WorkingFolder(folder).close();
      }
    }
  }
}
