package dev.muster.agent.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code muster-agent service}. */
@Command(
    name = "service",
    description = "Makes the agent a service of systemd, or no longer one. The package did it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ServiceInstallCommand.class, ServiceUninstallCommand.class})
final class ServiceCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "install or uninstall?");
  }
}
