package dev.muster.agent.update;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/**
 * What runs in the small jars of these tests: behaves as a file in its jar says, and notes beside
 * the jar that it was started. On the class path of nobody else.
 */
final class Behaving {
  private Behaving() {}

  public static void main(String[] arguments) throws Exception {
    String[] said = said().split(" ");
    Path jar = Path.of(Behaving.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Files.writeString(
        jar.resolveSibling("starts"),
        said[0] + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    switch (said[1]) {
      case "end" -> Runtime.getRuntime().halt(Integer.parseInt(said[2]));
      case "hang" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(Behaving::never));
        never();
      }
      case "serve" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
        never();
      }
      default -> throw new IllegalStateException(said[1]);
    }
  }

  private static void never() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static String said() throws IOException {
    try (InputStream in = Behaving.class.getResourceAsStream("/behaviour")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
