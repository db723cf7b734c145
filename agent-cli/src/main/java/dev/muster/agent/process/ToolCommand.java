package dev.muster.agent.process;

import dev.muster.domain.credential.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to run.
 *
 * @param arguments the program and its arguments; no shell looks at them
 * @param environment all of its environment, apart from the mark
 * @param folder where it runs
 * @param input what it reads; without, it finds the end at once
 */
public record ToolCommand(
    List<String> arguments,
    Map<String, Secret> environment,
    Path folder,
    Optional<Secret> input,
    ProcessMark mark) {
  /** Copies the collections. */
  public ToolCommand {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }
}
