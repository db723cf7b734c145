package dev.muster.agent.command;

import dev.muster.agent.vault.VaultRefusedException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster-agent vault check}. */
@Command(name = "check", description = "Says whether the agent would accept the vault.")
final class VaultCheckCommand implements Callable<Integer>, SettingOptions.ReadsSettings {
  @Spec private CommandSpec spec = CommandSpec.create();
  @ParentCommand private @Nullable VaultCommand parent;

  @Override
  public Integer call() throws VaultRefusedException {
    Preparation preparation = VaultAccess.prepare(spec, parent);
    try {
      int secrets = VaultAccess.editor(preparation).list().size();
      spec.commandLine().getOut().println("ok, " + secrets + " in the vault");
      return ExitCode.OK.number();
    } catch (IOException e) {
      throw VaultAccess.failed(preparation.configuration().vault().file(), e);
    }
  }
}
