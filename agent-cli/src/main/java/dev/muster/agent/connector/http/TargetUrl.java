package dev.muster.agent.connector.http;

import dev.muster.agent.connector.RefusedException;
import dev.muster.agent.connector.SecretReferences;
import dev.muster.agent.vault.SecretTarget;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** An address that is exactly what it seems: a plain scheme, a host, nothing that hides another. */
record TargetUrl(URI uri, SecretTarget.Host host) {
  private static final int LONGEST = 8_192;

  static TargetUrl parse(String text) throws RefusedException {
    if (SecretReferences.occurIn(text)) {
      throw RefusedException.notAllowedHere("a secret may not be part of a URL");
    }
    if (text.length() > LONGEST) {
      throw RefusedException.invalidPayload("the URL is too long");
    }
    try {
      return of(new URI(text));
    } catch (URISyntaxException e) {
      throw RefusedException.invalidPayload("request.url is not a URL");
    }
  }

  static TargetUrl of(URI uri) throws RefusedException {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw RefusedException.invalidPayload("request.url must begin with https:// or http://");
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw RefusedException.invalidPayload("request.url must have a host and no user before it");
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    int usual = scheme.equals("https") ? 443 : 80;
    return new TargetUrl(
        uri, new SecretTarget.Host(scheme, bare, uri.getPort() < 0 ? usual : uri.getPort()));
  }
}
