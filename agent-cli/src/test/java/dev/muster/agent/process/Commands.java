package dev.muster.agent.process;

import dev.muster.domain.credential.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Commands as a connector would have them run. */
final class Commands {
  private Commands() {}

  static ToolCommand of(Path folder, Map<String, String> environment, String... line) {
    return new ToolCommand(
        List.of(line),
        environment.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> Secret.of(each.getValue()))),
        folder,
        Optional.empty(),
        new ProcessMark(UUID.randomUUID().toString(), 1, "agent-of-a-test"));
  }
}
