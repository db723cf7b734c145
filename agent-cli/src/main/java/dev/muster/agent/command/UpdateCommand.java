package dev.muster.agent.command;

import dev.muster.agent.enrolment.Identity;
import dev.muster.agent.enrolment.StateFolder;
import java.net.http.HttpClient;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster-agent update}: the version of this agent. */
@Command(
    name = "update",
    description = "Looks after the version of this agent; a running one does that by itself.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {UpdateCheckCommand.class, UpdateApplyCommand.class, UpdateRollbackCommand.class})
final class UpdateCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @ParentCommand private @Nullable MusterAgent program;

  /** What is done with the updates of the configured agent. */
  interface Work {
    ExitCode with(UpdateAccess updates) throws Exception;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
  }

  /** Opens the updates of the configured agent for a while. */
  static int open(CommandSpec spec, @Nullable UpdateCommand parent, boolean alone, Work work)
      throws Exception {
    Preparation preparation =
        Preparation.read(spec, Objects.requireNonNull(Objects.requireNonNull(parent).program));
    StateFolder state = preparation.openState();
    Optional<Identity> identity = new Registration(preparation, state).known();
    if (identity.isEmpty()) {
      throw new CommandFailedException(ExitCode.NOT_ENROLLED, "this agent is not enrolled");
    }
    try (AutoCloseable _ = alone ? RegisterCommand.locked(state) : () -> {};
        HttpClient client = preparation.client()) {
      return work.with(UpdateAccess.open(preparation, state, identity.get(), client)).number();
    }
  }
}
