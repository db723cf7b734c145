package dev.muster.agent.command;

import dev.muster.agent.update.Looked;
import dev.muster.agent.update.Updates;
import dev.muster.domain.update.Release;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster-agent update check}. */
@Command(name = "check", description = "Says which version the server offers, and changes nothing.")
final class UpdateCheckCommand implements Callable<Integer>, SettingOptions.ReadsSettings {
  @Spec private CommandSpec spec = CommandSpec.create();
  @ParentCommand private @Nullable UpdateCommand parent;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    return UpdateCommand.open(
        spec,
        parent,
        false,
        access -> {
          out.println("version      " + Version.own());
          Looked looked = access.updates().look();
          out.println("offered      " + describe(looked));
          return code(looked);
        });
  }

  private static String describe(Looked looked) {
    return switch (looked) {
      case Looked.Nothing() -> "nothing";
      case Looked.Away(String reason) -> "cannot be told: " + reason;
      case Looked.Rejected rejected ->
          "sequence " + rejected.sequence() + ", refused: " + Updates.word(rejected.flaw());
      case Looked.Acceptable(Release release) ->
          release.version() + ", sequence " + release.sequence();
    };
  }

  private static ExitCode code(Looked looked) {
    return switch (looked) {
      case Looked.Nothing() -> ExitCode.OK;
      case Looked.Away(String _) -> ExitCode.SERVER_UNREACHABLE;
      case Looked.Rejected _ -> ExitCode.UPDATE_REFUSED;
      case Looked.Acceptable(Release _) -> ExitCode.OK;
    };
  }
}
