package dev.muster.agent.connector;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A folder for one attempt of one job, that nobody else can look into. */
record WorkingFolder(Path path) implements AutoCloseable {
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Makes it; what an earlier run of the same attempt left behind goes first. */
  static WorkingFolder create(Path parent, Assignment assignment) throws IOException {
    if (!Files.isDirectory(parent)) {
      Files.createDirectories(parent, PRIVATE);
    }
    WorkingFolder folder =
        new WorkingFolder(parent.resolve(assignment.jobId() + "-" + assignment.attempt()));
    folder.close();
    Files.createDirectory(folder.path(), PRIVATE);
    return folder;
  }

  /** Removes it with all that is in it; links are removed, not followed. */
  @Override
  public void close() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            // A tool may have taken its own permissions away.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
