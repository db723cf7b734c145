package dev.muster.agent.command;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster-agent vault}: the secrets of this host. */
@Command(
    name = "vault",
    description = "Keeps the secrets of this host.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      VaultSetCommand.class,
      VaultListCommand.class,
      VaultRemoveCommand.class,
      VaultCheckCommand.class
    })
final class VaultCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @ParentCommand private @Nullable MusterAgent program;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
  }

  MusterAgent program() {
    return Objects.requireNonNull(program);
  }
}
