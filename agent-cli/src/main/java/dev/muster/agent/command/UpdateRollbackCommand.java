package dev.muster.agent.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster-agent update rollback}. */
@Command(
    name = "rollback",
    description =
        "Puts the version before back, and never takes this one again. Stop the agent first.")
final class UpdateRollbackCommand implements Callable<Integer>, SettingOptions.ReadsSettings {
  @Spec private CommandSpec spec = CommandSpec.create();
  @ParentCommand private @Nullable UpdateCommand parent;

  @Override
  public Integer call() throws Exception {
    return UpdateCommand.open(
        spec,
        parent,
        true,
        access -> {
          switch (access.updates().goBack()) {
            case DONE ->
                spec.commandLine()
                    .getOut()
                    .println("the version before runs from the next start on");
            case NOTHING_BEFORE ->
                throw new CommandFailedException(
                    ExitCode.UPDATE_REFUSED, "there is no version before this one");
            case BELOW_FLOOR ->
                throw new CommandFailedException(
                    ExitCode.UPDATE_REFUSED,
                    "this release has said that none as old as the one before is installed any more");
          }
          return ExitCode.OK;
        });
  }
}
