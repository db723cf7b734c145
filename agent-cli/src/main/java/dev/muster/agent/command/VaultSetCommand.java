package dev.muster.agent.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.agent.vault.VaultEditor;
import dev.muster.agent.vault.VaultRefusedException;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.vault.VaultReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code muster-agent vault set}. */
@Command(
    name = "set",
    description =
        "Stores a secret, read from standard input or a file, as the next version of its name."
            + " One line end at its end is left out.")
final class VaultSetCommand implements Callable<Integer>, SettingOptions.ReadsSettings {
  private static final int MOST_BYTES = 64 * 1024;

  @Spec private CommandSpec spec = CommandSpec.create();
  @ParentCommand private @Nullable VaultCommand parent;

  @Parameters(paramLabel = "NAME", description = "<path>/<key>")
  private String name = "";

  @Option(names = "--from-file", paramLabel = "FILE", description = "the file with the value")
  private @Nullable Path source;

  @Option(
      names = "--for-host",
      paramLabel = "[SCHEME://]HOST[:PORT]",
      description = "a server that it may go to; https if no scheme is given")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--for-tool",
      paramLabel = "TOOL[:PARAMETER=PATTERN]",
      description = "a tool that it may go to, and what a parameter of it may then be")
  private List<String> tools = new ArrayList<>();

  @Option(
      names = "--for-tenant",
      paramLabel = "SLUG",
      description = "a tenant whose jobs may use it")
  private List<String> tenants = new ArrayList<>();

  @Override
  public Integer call() throws VaultRefusedException {
    Preparation preparation = VaultAccess.prepare(spec, parent);
    VaultEditor.Binding binding = new VaultEditor.Binding(hosts, tools(), tenants);
    try {
      VaultReference stored =
          VaultAccess.editor(preparation)
              .set(
                  VaultAccess.reference(spec, name),
                  value(),
                  binding,
                  preparation.configuration().vault().allowUnbound());
      spec.commandLine().getOut().println(stored);
      return ExitCode.OK.number();
    } catch (IOException e) {
      throw VaultAccess.failed(preparation.configuration().vault().file(), e);
    }
  }

  private Secret value() throws IOException {
    byte[] bytes;
    if (source != null) {
      try (InputStream in = Files.newInputStream(source)) {
        bytes = in.readNBytes(MOST_BYTES);
      } catch (IOException e) {
        throw VaultAccess.failed(source, e);
      }
    } else {
      InputStream in = Objects.requireNonNull(parent).program().input();
      bytes = in.readNBytes(MOST_BYTES);
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Secret.of(text.endsWith("\n") ? text.replaceFirst("\r?\n$", "") : text);
    } catch (CharacterCodingException e) {
      throw new CommandFailedException(ExitCode.VAULT, "the value must be text in UTF-8");
    }
  }

  private Map<String, Map<String, String>> tools() {
    Map<String, Map<String, String>> byName = new LinkedHashMap<>();
    for (String tool : tools) {
      int colon = tool.indexOf(':');
      int equals = tool.indexOf('=', colon + 1);
      String named = colon < 0 ? tool : tool.substring(0, colon);
      Map<String, String> patterns = byName.computeIfAbsent(named, any -> new LinkedHashMap<>());
      if (colon >= 0 && equals > colon) {
        patterns.put(tool.substring(colon + 1, equals), tool.substring(equals + 1));
      } else if (colon >= 0) {
        throw new CommandFailedException(
            ExitCode.USAGE, "--for-tool takes TOOL or TOOL:PARAMETER=PATTERN");
      }
    }
    return byName;
  }
}
