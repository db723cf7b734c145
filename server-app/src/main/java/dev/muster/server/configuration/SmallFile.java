package dev.muster.server.configuration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that an operator names, which may be anything. */
final class SmallFile {
  private SmallFile() {}

  /** Reads a whole UTF-8 file of a limited size. */
  static String read(Path file, int mostBytes) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("is a folder");
    }
    try (var stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(mostBytes + 1);
      if (bytes.length > mostBytes) {
        throw new IOException("is larger than " + mostBytes / 1024 + " KiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing -> "does not exist";
      case AccessDeniedException denied -> "may not be read by this user";
      case CharacterCodingException other -> "is not UTF-8";
      default -> "cannot be read: " + failure.getMessage();
    };
  }
}
