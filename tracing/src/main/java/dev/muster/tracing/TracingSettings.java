package dev.muster.tracing;

import dev.muster.domain.credential.Secret;
import java.net.URI;
import java.util.Map;

/**
 * What is traced, and where it goes. Immutable; shows no secret.
 *
 * @param traces where spans are posted to
 * @param headers what goes along, to let the collector know who sends
 * @param serviceName the program's name, as the traces show it
 * @param resource what else is said of the program
 * @param ratio which part of the traces that begin here is recorded, from 0 to 1
 */
public record TracingSettings(
    URI traces,
    Map<String, Secret> headers,
    String serviceName,
    Map<String, String> resource,
    double ratio) {
  /** Copies the maps. */
  public TracingSettings {
    headers = Map.copyOf(headers);
    resource = Map.copyOf(resource);
  }
}
