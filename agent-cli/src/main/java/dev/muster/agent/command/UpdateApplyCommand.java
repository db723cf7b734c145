package dev.muster.agent.command;

import dev.muster.agent.update.Fetched;
import dev.muster.agent.update.Looked;
import dev.muster.agent.update.Updates;
import dev.muster.domain.update.Release;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster-agent update apply}. */
@Command(
    name = "apply",
    description =
        "Puts the version that the server offers in this one's place; the next start tries it. Stop the agent first.")
final class UpdateApplyCommand implements Callable<Integer>, SettingOptions.ReadsSettings {
  @Spec private CommandSpec spec = CommandSpec.create();
  @ParentCommand private @Nullable UpdateCommand parent;

  @Override
  public Integer call() throws Exception {
    return UpdateCommand.open(spec, parent, true, this::apply);
  }

  private ExitCode apply(UpdateAccess access) throws Exception {
    if (access.updates().isOnTrial()) {
      return refused("the version that is here has not proved itself yet: let it run");
    }
    return switch (access.updates().look()) {
      case Looked.Nothing() -> refused("the server offers nothing");
      case Looked.Away(String reason) ->
          throw new CommandFailedException(ExitCode.SERVER_UNREACHABLE, "no answer: " + reason);
      case Looked.Rejected rejected ->
          rejected(access, rejected.sequence(), Updates.word(rejected.flaw()));
      case Looked.Acceptable(Release release) -> apply(access, release);
    };
  }

  private ExitCode apply(UpdateAccess access, Release release) throws Exception {
    return switch (access.updates().fetch(release)) {
      case Fetched.NotThere() ->
          throw new CommandFailedException(ExitCode.SERVER_UNREACHABLE, "it cannot be fetched");
      case Fetched.BrokenOff() ->
          throw new CommandFailedException(ExitCode.SERVER_UNREACHABLE, "the download broke off");
      case Fetched.Flawed(String cause) -> rejected(access, release.sequence(), cause);
      case Fetched.Verified() -> {
        access.updates().apply(release);
        spec.commandLine().getOut().println(release.version() + " is tried at the next start");
        yield ExitCode.OK;
      }
    };
  }

  private static ExitCode rejected(UpdateAccess access, long sequence, String cause)
      throws InterruptedException {
    access.telling().tellRejected(sequence, cause);
    return refused("what the server offers is refused: " + cause);
  }

  private static ExitCode refused(String why) {
    throw new CommandFailedException(ExitCode.UPDATE_REFUSED, why);
  }
}
