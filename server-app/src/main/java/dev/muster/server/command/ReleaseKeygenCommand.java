package dev.muster.server.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a publisher's key and prints its public half. */
@Command(
    name = "keygen",
    mixinStandardHelpOptions = true,
    description = {
      "Make a publisher's key: the secret half goes into a new file of mode 0600, the public",
      "half is printed, for update.publisher-keys of the agents. Keep the file off every server."
    })
final class ReleaseKeygenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "where the secret half goes; must not exist")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    PublisherKeyFile made = PublisherKeyFile.make(file);
    spec.commandLine().getOut().println(made.publicHex());
    return ExitCode.DONE.code();
  }
}
