package dev.muster.agent.connector.script;

import dev.muster.agent.connector.Connector;
import dev.muster.agent.connector.ConnectorEnvironment;
import dev.muster.agent.connector.ConnectorProvider;
import dev.muster.agent.connector.ConnectorSettings;
import dev.muster.sandbox.ScriptLimits;
import java.time.Duration;

/** Makes the {@code script} connector. */
public final class ScriptConnectorProvider implements ConnectorProvider {
  static final String NAME = "script";

  private static final int KIB = 1_024;
  private static final int MIB = 1_024 * KIB;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Connector create(ConnectorSettings settings, ConnectorEnvironment environment) {
    ScriptLimits limits =
        new ScriptLimits(
            (int) settings.number("heap-mebibytes", 64, 16, 2_048),
            settings.seconds("time-limit-seconds", Duration.ofSeconds(60), Duration.ofDays(1)),
            settings.seconds("cpu-limit-seconds", Duration.ofSeconds(30), Duration.ofDays(1)),
            bytes(settings, "source-limit-bytes", 256 * KIB),
            bytes(settings, "message-limit-bytes", 2 * MIB),
            bytes(settings, "result-limit-bytes", 512 * KIB),
            bytes(settings, "output-limit-bytes", 512 * KIB),
            (int) settings.number("call-limit", 100, 1, 100_000));
    ScriptApi api =
        new ScriptApi(settings.flag("api", false) ? environment.api() : null, environment.clock());
    return new ScriptConnector(limits, api, environment.clock());
  }

  private static int bytes(ConnectorSettings settings, String key, int fallback) {
    return (int) settings.number(key, fallback, KIB, 8 * MIB);
  }
}
