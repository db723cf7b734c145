package dev.muster.agent.configuration;

import dev.muster.agent.configuration.Sources.Found;
import dev.muster.agent.network.ClientFiles;
import dev.muster.agent.network.TenantHosts;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads where the server is and how to get there. */
final class Addresses {
  private static final String USUAL = "http://localhost:8080";
  private static final Set<String> LOOPBACK = Set.of("localhost", "[::1]", "::1");

  private final SettingsReader reader;
  private final Problems problems;

  Addresses(SettingsReader reader, Problems problems) {
    this.reader = reader;
    this.problems = problems;
  }

  ServerAddress read() {
    boolean plainAllowed = reader.flag(Setting.ALLOW_PLAIN_HTTP);
    URI server = server(plainAllowed);
    return new ServerAddress(
        server,
        reader.optionalPath(Setting.CA_FILE).orElse(null),
        client(),
        new ProxyReading(reader, problems).read(),
        tenantHostSuffix(server, plainAllowed));
  }

  private URI server(boolean plainAllowed) {
    Found found = reader.found(Setting.SERVER).orElse(new Found(USUAL, Setting.SERVER.key()));
    URI url = url(found);
    if (url == null) {
      return URI.create(USUAL);
    }
    if (url.getScheme().equals("http") && !isLoopback(url.getHost()) && !plainAllowed) {
      problems.add(
          found.place(),
          "must be https: over plain http anyone on the way reads the agent's credential"
              + " (allow-plain-http overrides)");
    }
    return url;
  }

  /** A tenant's host is another than this one, also where the server's own is not. */
  private Optional<String> tenantHostSuffix(URI server, boolean plainAllowed) {
    Optional<Found> found = reader.found(Setting.TENANT_HOST_SUFFIX);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    String suffix = found.get().value().toLowerCase(Locale.ROOT);
    if (!TenantHosts.SUFFIX.matcher(suffix).matches()) {
      problems.add(
          found.get().place(),
          "must be the end of a host name with a dot before it, such as .muster.example.com");
      return Optional.empty();
    }
    if (server.getScheme().equals("http") && !plainAllowed) {
      problems.add(
          found.get().place(),
          "needs a server with https: jobs' tokens would go to tenants' hosts over plain http"
              + " (allow-plain-http overrides)");
    }
    return Optional.of(suffix);
  }

  private Optional<ClientFiles> client() {
    Optional<Path> certificate = reader.optionalPath(Setting.CLIENT_CERT);
    Optional<Path> key = reader.optionalPath(Setting.CLIENT_KEY);
    if (certificate.isPresent() != key.isPresent()) {
      Setting missing = key.isPresent() ? Setting.CLIENT_CERT : Setting.CLIENT_KEY;
      problems.add(missing.key(), "is missing: certificate and key go together");
    }
    return certificate.flatMap(file -> key.map(secret -> new ClientFiles(file, secret)));
  }

  /** The address reduced to scheme, host and port; null after a problem. */
  private @Nullable URI url(Found found) {
    try {
      URI url = new URI(found.value());
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      boolean bare =
          url.getRawUserInfo() == null
              && url.getRawQuery() == null
              && url.getRawFragment() == null
              && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
      if ((scheme.equals("http") || scheme.equals("https")) && url.getHost() != null && bare) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return new URI(scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + port);
      }
    } catch (URISyntaxException notAUrl) {
      // Reported below. The value itself is not shown: it may hold a password.
    }
    problems.add(
        found.place(), "must be http(s)://host[:port], without user, path, query or fragment");
    return null;
  }

  static boolean isLoopback(String host) {
    return LOOPBACK.contains(host) || host.matches("127(\\.[0-9]{1,3}){3}");
  }
}
