package dev.muster.agent.network;

import dev.muster.domain.tenancy.TenantSlug;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the server is called in a tenant's name: at its own address, or, with a suffix, at the
 * tenant's, which differs from it in the host only.
 *
 * @param server scheme, host and port only
 * @param suffix what follows a tenant's slug in its host name, with a dot at its beginning; empty
 *     where the server has one address for all
 */
public record TenantHosts(URI server, Optional<String> suffix) {
  /** What a suffix looks like: with the longest slug before it, it is a host name still. */
  public static final Pattern SUFFIX =
      Pattern.compile("(?=.{2,190}$)(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+");

  /**
   * The address for a tenant; empty where its slug, which the server says, is no host label, and
   * with a suffix could lead anywhere.
   */
  public Optional<URI> of(String slug) {
    if (suffix.isEmpty()) {
      return Optional.of(server);
    }
    if (!TenantSlug.PATTERN.matcher(slug).matches()) {
      return Optional.empty();
    }
    String port = server.getPort() < 0 ? "" : ":" + server.getPort();
    return Optional.of(URI.create(server.getScheme() + "://" + slug + suffix.get() + port));
  }
}
