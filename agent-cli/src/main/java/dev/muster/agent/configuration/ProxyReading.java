package dev.muster.agent.configuration;

import dev.muster.agent.configuration.Sources.Found;
import dev.muster.agent.network.DirectHost;
import dev.muster.agent.network.ForwardProxy;
import dev.muster.agent.network.Route;
import dev.muster.domain.credential.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which proxy is on the way, and who is reached without it. */
final class ProxyReading {
  private static final int USUAL_PORT = 3128;
  private static final int MOST = 100;
  private static final Pattern ANY = Pattern.compile(".{1,2000}");

  private final SettingsReader reader;
  private final Problems problems;

  ProxyReading(SettingsReader reader, Problems problems) {
    this.reader = reader;
    this.problems = problems;
  }

  Route read() {
    return new Route(reader.found(Setting.HTTPS_PROXY).flatMap(this::proxy), direct());
  }

  /** No part of the value is shown in a problem: any of it may be the password. */
  private Optional<ForwardProxy> proxy(Found found) {
    String text = found.value().contains("://") ? found.value() : "http://" + found.value();
    try {
      URI url = new URI(text);
      boolean bare =
          url.getRawQuery() == null
              && url.getRawFragment() == null
              && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
      if ("http".equalsIgnoreCase(url.getScheme()) && url.getHost() != null && bare) {
        int port = url.getPort() < 0 ? USUAL_PORT : url.getPort();
        URI address = URI.create("http://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port);
        return url.getRawUserInfo() == null
            ? Optional.of(ForwardProxy.open(address))
            : known(found, address, url.getRawUserInfo());
      }
    } catch (URISyntaxException notAUrl) {
      // Reported below.
    }
    problems.add(
        found.place(),
        "must be http://[user:password@]host[:port], with %XX for what is not a letter or digit in"
            + " user and password");
    return Optional.empty();
  }

  private Optional<ForwardProxy> known(Found found, URI address, String userInfo) {
    if (found.place().equals(Setting.HTTPS_PROXY.flag())) {
      problems.add(
          found.place(),
          "holds a password that every user of this host can read: give it as HTTPS_PROXY or in"
              + " agent.yaml");
      return Optional.empty();
    }
    int colon = userInfo.indexOf(':');
    String user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
    String password = colon < 0 ? "" : decoded(userInfo.substring(colon + 1));
    boolean sendable =
        !user.isEmpty()
            && !user.contains(":")
            && (user + password).chars().noneMatch(c -> Character.isISOControl(c) || c == 0xfffd);
    if (!sendable) {
      problems.add(
          found.place(),
          "has a user or password that cannot be sent: no user, a colon in it, or control"
              + " characters");
      return Optional.empty();
    }
    return Optional.of(ForwardProxy.basic(address, user, Secret.of(password)));
  }

  /** A plus stays one; what is no UTF-8 becomes U+FFFD. The form was checked as a URL's. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private List<DirectHost> direct() {
    List<DirectHost> direct = new ArrayList<>();
    for (String several : reader.texts(Setting.NO_PROXY, ANY, MOST)) {
      for (String text : several.strip().split("\\s+")) {
        DirectHost.parse(text)
            .ifPresentOrElse(
                direct::add,
                () ->
                    problems.add(
                        Setting.NO_PROXY.key(),
                        "must be names, domains, addresses, networks such as 10.0.0.0/8, or *"));
      }
    }
    return direct;
  }
}
