package dev.muster.server.command;

import dev.muster.http.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the OpenAPI document. */
@Command(
    name = "openapi",
    mixinStandardHelpOptions = true,
    description = "Print the OpenAPI document.")
final class OpenApiCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(document());
    spec.commandLine().getOut().flush();
    return ExitCode.DONE.code();
  }

  private static String document() {
    try (InputStream resource = HttpServer.class.getResourceAsStream("/openapi.yaml")) {
      return new String(
          Objects.requireNonNull(resource, "openapi.yaml").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
