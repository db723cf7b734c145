package dev.muster.agent.command;

import dev.muster.agent.vault.VaultRefusedException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster-agent vault remove}. */
@Command(
    name = "remove",
    description = "Removes one version of a secret, or all when none is named.")
final class VaultRemoveCommand implements Callable<Integer>, SettingOptions.ReadsSettings {
  @Spec private CommandSpec spec = CommandSpec.create();
  @ParentCommand private @Nullable VaultCommand parent;

  @Parameters(paramLabel = "NAME", description = "<path>/<key> or <path>/<key>/v<n>")
  private String name = "";

  @Override
  public Integer call() throws VaultRefusedException {
    Preparation preparation = VaultAccess.prepare(spec, parent);
    try {
      int removed = VaultAccess.editor(preparation).remove(VaultAccess.reference(spec, name));
      if (removed == 0) {
        throw new CommandFailedException(ExitCode.VAULT, "there is no such secret");
      }
      spec.commandLine().getOut().println("removed " + removed);
      return ExitCode.OK.number();
    } catch (IOException e) {
      throw VaultAccess.failed(preparation.configuration().vault().file(), e);
    }
  }
}
