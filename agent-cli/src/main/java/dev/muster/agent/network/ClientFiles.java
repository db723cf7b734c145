package dev.muster.agent.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the agent's own certificate and its key lie.
 *
 * @param certificate the certificate and those between it and its authority, in PEM
 * @param key its private key, in PEM
 */
public record ClientFiles(Path certificate, Path key) {
  private static final String ATTRIBUTES = "unix:ino,lastModifiedTime,ctime,size,mode,uid";

  /** What tells one content of the files from the next without reading them. */
  Map<Path, Object> stamp() {
    Map<Path, Object> stamp = new HashMap<>();
    for (Path file : List.of(certificate, key)) {
      try {
        stamp.put(file, Files.readAttributes(file, ATTRIBUTES));
      } catch (IOException unreadable) {
        stamp.put(file, unreadable.getClass());
      }
    }
    return stamp;
  }
}
