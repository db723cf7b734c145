package dev.muster.agent.configuration;

import dev.muster.agent.configuration.Sources.Found;
import dev.muster.agent.network.GrpcEndpoint;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads whether the agent speaks gRPC, and with whom. */
final class GrpcReading {
  private static final String USUAL = "localhost:9090";
  private static final int HTTPS = 443;
  private static final int LAST_PORT = 65_535;
  private static final Pattern TRANSPORTS = Pattern.compile("poll|grpc");
  private static final Pattern WHEN = Pattern.compile("auto|true|false");

  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<host>[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):(?<port>[0-9]{1,5})");

  private final SettingsReader reader;
  private final Problems problems;

  GrpcReading(SettingsReader reader, Problems problems) {
    this.reader = reader;
    this.problems = problems;
  }

  /** Where to; empty where the agent polls. What is wrong is noted either way. */
  Optional<GrpcEndpoint> read() {
    boolean isWanted = reader.text(Setting.TRANSPORT, "poll", TRANSPORTS).equals("grpc");
    Found found =
        reader.found(Setting.GRPC_ADDRESS).orElse(new Found(USUAL, Setting.GRPC_ADDRESS.key()));
    String when = reader.text(Setting.GRPC_TLS, "auto", WHEN);
    Matcher address = ADDRESS.matcher(found.value());
    int port = address.matches() ? Integer.parseInt(address.group("port")) : 0;
    if (port < 1 || port > LAST_PORT) {
      problems.add(found.place(), "must be host:port");
      return Optional.empty();
    }
    boolean tls = when.equals("auto") ? port == HTTPS : when.equals("true");
    String host = address.group("host").toLowerCase(Locale.ROOT);
    if (isWanted && !tls && !Addresses.isLoopback(host) && !reader.flag(Setting.ALLOW_PLAIN_HTTP)) {
      problems.add(
          found.place(),
          "needs TLS (grpc-tls: true): without, anyone on the way reads the agent's credential"
              + " (allow-plain-http overrides)");
    }
    return isWanted ? Optional.of(new GrpcEndpoint(host, port, tls)) : Optional.empty();
  }
}
