package dev.muster.server.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks the audit logs, for whoever runs the server. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "The audit logs, for whoever runs the server.")
final class AuditCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "say what: verify or heads");
  }
}
