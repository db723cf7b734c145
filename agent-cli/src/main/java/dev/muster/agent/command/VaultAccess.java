package dev.muster.agent.command;

import dev.muster.agent.disk.DiskFailure;
import dev.muster.agent.vault.VaultEditor;
import dev.muster.domain.vault.VaultReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the commands on the vault have in common. */
final class VaultAccess {
  private VaultAccess() {}

  static Preparation prepare(CommandSpec spec, @Nullable VaultCommand parent) {
    return Preparation.read(spec, Objects.requireNonNull(parent).program());
  }

  static VaultEditor editor(Preparation preparation) {
    Path file = preparation.configuration().vault().file();
    try {
      return VaultEditor.of(file);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /**
   * A failure of the disk, told in the system's words or by its kind: its text may hold anything.
   */
  static CommandFailedException failed(Path file, IOException failure) {
    return new CommandFailedException(
        ExitCode.VAULT, file + " cannot be used: " + DiskFailure.describe(failure));
  }

  /** A name as {@code path/key[/v<n>]}, or as a whole reference. */
  static VaultReference reference(CommandSpec spec, String name) {
    String text = name.startsWith(VaultReference.PREFIX) ? name : VaultReference.PREFIX + name;
    return VaultReference.parse(text)
        .orElseThrow(() ->
            new ParameterException(
                spec.commandLine(), "the name must be <path>/<key> or <path>/<key>/v<n>"));
  }
}
