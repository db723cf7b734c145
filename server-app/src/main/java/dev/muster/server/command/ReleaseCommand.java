package dev.muster.server.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Signs releases of the agent, on a machine that need not be a server's. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = "Releases of the agent, for whoever publishes them. Needs no server.")
final class ReleaseCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "say what: keygen or sign");
  }
}
