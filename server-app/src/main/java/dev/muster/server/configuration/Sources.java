package dev.muster.server.configuration;

import java.nio.file.Path;
import java.util.Map;

/**
 * The places that settings come from, in order of strength.
 *
 * @param flags by {@link Setting#flag()}, and {@link ConfigurationFile#FLAG}; only those given
 * @param environment the process's environment
 * @param folder where relative paths start and {@code muster.yaml} is looked for
 */
public record Sources(Map<String, String> flags, Map<String, String> environment, Path folder) {
  /** Copies the maps. */
  public Sources {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }
}
