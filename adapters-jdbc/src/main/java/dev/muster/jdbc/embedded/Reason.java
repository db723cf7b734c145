package dev.muster.jdbc.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What an input or output error means to an operator, who reads one line of it. */
final class Reason {
  private Reason() {}

  static String of(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "not writable: " + denied.getFile();
      case FileAlreadyExistsException taken -> "not a folder: " + taken.getFile();
      case NoSuchFileException missing -> "does not exist: " + missing.getFile();
      case FileSystemException fault when fault.getReason() != null ->
          fault.getReason() + ": " + fault.getFile();
      default -> firstLine(String.valueOf(failure.getMessage()));
    };
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("unknown");
  }
}
