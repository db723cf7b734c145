package dev.muster.server.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes operators from the command line, for whoever can reach the database. */
@Command(
    name = "admin",
    mixinStandardHelpOptions = true,
    description = "Operators, for whoever runs the server.")
final class AdminCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what: create-operator or reset-token");
  }
}
