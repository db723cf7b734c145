package dev.muster.server.command;

import dev.muster.domain.update.Release;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs a release and prints it as the server takes it. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = {
      "Sign a release with the publisher's key and print the JSON with which it is made known",
      "(POST /api/v1/admin/releases); the artifact is uploaded after that."
    })
final class ReleaseSignCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      required = true,
      description = "made by keygen")
  private Path key = Path.of("");

  @Option(names = "--sequence", required = true, description = "orders releases; 1 or more")
  private long sequence;

  @Option(
      names = "--floor",
      description = "the lowest sequence that may be installed from then on (default: 0)")
  private long floor;

  @Option(names = "--release-version", required = true, description = "what people call it")
  private String version = "";

  @Option(names = "--least-java", description = "the Java version it needs (default: 25)")
  private int leastJava = 25;

  @Parameters(paramLabel = "JAR", description = "the artifact")
  private Path artifact = Path.of("");

  @Override
  public Integer call() {
    Release release;
    try {
      release =
          new Release(sequence, floor, version, leastJava, Files.size(artifact), hash(artifact));
    } catch (IOException failure) {
      throw new CommandFailedException(ExitCode.FAILED, artifact + " cannot be read");
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailedException(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
    }
    String signature = PublisherKeyFile.read(key).sign(release);
    spec.commandLine().getOut().println(json(release, signature));
    return ExitCode.DONE.code();
  }

  /** Nothing in a release needs to be escaped but quotes and backslashes in its version. */
  private static String json(Release release, String signature) {
    return """
    {"sequence": %d, "floor": %d, "version": "%s", "least_java": %d, "length": %d,
     "sha256": "%s", "publisher_signature": "%s"}\
    """
        .formatted(
            release.sequence(),
            release.floor(),
            release.version().replace("\\", "\\\\").replace("\"", "\\\""),
            release.leastJava(),
            release.length(),
            release.sha256(),
            signature);
  }

  private static String hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
