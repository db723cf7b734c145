package dev.muster.agent.command;

import dev.muster.agent.vault.VaultEditor;
import dev.muster.agent.vault.VaultRefusedException;
import dev.muster.domain.vault.VaultReference;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster-agent vault list}. */
@Command(name = "list", description = "Lists the secrets by name, never their values.")
final class VaultListCommand implements Callable<Integer>, SettingOptions.ReadsSettings {
  @Spec private CommandSpec spec = CommandSpec.create();
  @ParentCommand private @Nullable VaultCommand parent;

  @Override
  public Integer call() throws VaultRefusedException {
    Preparation preparation = VaultAccess.prepare(spec, parent);
    try {
      for (VaultEditor.Listed each : VaultAccess.editor(preparation).list()) {
        String reference = VaultReference.PREFIX + each.name() + "/v" + each.version();
        spec.commandLine()
            .getOut()
            .println(reference + (each.bound() ? "" : "  (does not say where it may go)"));
      }
      return ExitCode.OK.number();
    } catch (IOException e) {
      throw VaultAccess.failed(preparation.configuration().vault().file(), e);
    }
  }
}
