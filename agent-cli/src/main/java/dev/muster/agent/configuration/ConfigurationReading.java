package dev.muster.agent.configuration;

import dev.muster.agent.configuration.AgentConfiguration.VaultSettings;
import dev.muster.agent.configuration.Sources.Found;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.AgentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Makes the configuration of its three sources; everything that is wrong is noted. */
public final class ConfigurationReading {
  private static final Path USUAL_STATE = Path.of("/var/lib/muster-agent");
  private static final Pattern TENANT = Pattern.compile("\\*|[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  private final Sources sources;
  private final Problems problems;
  private final SettingsReader reader;

  private ConfigurationReading(Sources sources, Problems problems) {
    this.sources = sources;
    this.problems = problems;
    this.reader = new SettingsReader(sources, problems);
  }

  /** Reads the configuration; with problems noted, the result must not be used. */
  public static AgentConfiguration read(Sources sources, Problems problems) {
    return new ConfigurationReading(sources, problems).read();
  }

  private AgentConfiguration read() {
    Path state = reader.path(Setting.STATE, USUAL_STATE).toAbsolutePath().normalize();
    return new AgentConfiguration(
        new Addresses(reader, problems).read(),
        new GrpcReading(reader, problems).read(),
        offer(),
        times(),
        new VaultSettings(
            reader.path(Setting.VAULT, state.resolve("agent-vault.json")),
            reader.flag(Setting.ALLOW_UNBOUND_SECRETS)),
        new Updating(reader, problems).read(),
        state,
        reader.path(Setting.AGENT_ID_FILE, state.resolve("agent-id")),
        sources.file().path("connectors"),
        reader.optionalPath(Setting.PLUGINS),
        new TracingReading(sources, reader, problems).read());
  }

  private Offer offer() {
    return new Offer(
        name(),
        reader.text(Setting.TENANT, "*", TENANT),
        reader.text(Setting.WORKER_TYPE, "task", Abilities.LABEL),
        List.copyOf(reader.texts(Setting.CAPABILITIES, Abilities.LABEL, Abilities.MOST_LABELS)),
        List.copyOf(reader.texts(Setting.TOOLS, Abilities.LABEL, Abilities.MOST_LABELS)),
        reader
            .found(Setting.REGION)
            .map(found -> reader.text(Setting.REGION, "", Abilities.LABEL))
            .orElse(null),
        reader.number(Setting.MAX_CONCURRENT, 4, 1, 1000));
  }

  private Times times() {
    return new Times(
        Duration.ofSeconds(reader.number(Setting.POLL_SECONDS, 30, 1, 60)),
        reader.time(Setting.SHUTDOWN_GRACE, Duration.ofSeconds(30), Duration.ofHours(1)),
        reader.time(Setting.CANCEL_GRACE, Duration.ofSeconds(10), Duration.ofSeconds(45)));
  }

  private String name() {
    Found found =
        reader
            .found(Setting.NAME)
            .or(() -> sources.variable("POD_NAME").map(pod -> new Found(pod.trim(), "POD_NAME")))
            .orElseGet(() -> new Found(HostName.own(), "name (from the host's)"));
    if (!AgentName.PATTERN.matcher(found.value()).matches()) {
      problems.add(found.place(), "must match " + AgentName.PATTERN.pattern());
    }
    return found.value();
  }
}
