package dev.muster.agent.update;

import dev.muster.domain.update.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A process that changes the files of an update, and stops after so many of the changes to be
 * killed. Everything it does is the product's, but for the stopping.
 */
final class StepByStep {
  private StepByStep() {}

  public static void main(String[] arguments) throws Exception {
    JarFiles files = JarFiles.in(Path.of(arguments[0]));
    Disk disk = new Stopping(Integer.parseInt(arguments[2]));
    Shelf shelf = new Shelf(files);
    switch (arguments[1]) {
      case "apply" -> apply(shelf, disk);
      case "prove" -> new Proving(shelf, disk).prove(shelf.trial().orElseThrow());
      case "unanswered" -> new GoingBack(shelf, disk).unanswered(shelf.trial().orElseThrow());
      case "rollback" -> new GoingBack(shelf, disk).asked();
      default -> throw new IllegalArgumentException(arguments[1]);
    }
    Stopping.say("through");
  }

  static void apply(Shelf shelf, Disk disk) throws IOException {
    Path fetched = shelf.files().fetched();
    Release release = new Release(4, 2, "4.0", 25, Files.size(fetched), Hashes.of(fetched));
    new Applying(shelf, disk, Duration.ofMinutes(15)).apply(release);
  }

  private static final class Stopping implements Disk {
    private final Disk disk = new DurableDisk();
    private int left;

    private Stopping(int left) {
      this.left = left;
    }

    static void say(String word) throws IOException {
      System.out.println(word);
      System.out.flush();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException stopped) {
        throw new IOException(stopped);
      }
    }

    private void done() throws IOException {
      if (--left == 0) {
        say("stopped");
      }
    }

    @Override
    public void write(Path file, String content) throws IOException {
      disk.write(file, content);
      done();
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      disk.move(from, to);
      done();
    }

    @Override
    public void link(Path existing, Path name) throws IOException {
      disk.link(existing, name);
      done();
    }

    @Override
    public void remove(Path file) throws IOException {
      disk.remove(file);
      done();
    }
  }
}
