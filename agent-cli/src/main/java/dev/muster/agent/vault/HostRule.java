package dev.muster.agent.vault;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that something may go to, written {@code [scheme://]host[:port]}. Without a scheme it is
 * {@code https}, never plain; without a port, the scheme's own. {@code *.example.com} stands for
 * every name below {@code example.com}. Immutable.
 *
 * @param host a name, an address without brackets, or {@code *.} and a name; lower case
 */
public record HostRule(String scheme, String host, int port) {
  private static final Map<String, Integer> PORTS =
      Map.of("https", 443, "http", 80, "ldaps", 636, "ldap+starttls", 389, "ldap", 389);
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<scheme>[a-z][a-z0-9+.-]*)://)?"
              + "(?:\\[(?<address>[0-9a-f:.]+)]|(?<name>(?:\\*\\.)?[a-z0-9_]([a-z0-9._-]*[a-z0-9])?))"
              + "(?::(?<port>[0-9]{1,5}))?");

  /** Reads a rule; empty if it is none, or has neither a port nor a scheme that implies one. */
  public static Optional<HostRule> parse(String text) {
    Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      return Optional.empty();
    }
    String scheme = form.group("scheme") == null ? "https" : form.group("scheme");
    String host = form.group("address") == null ? form.group("name") : form.group("address");
    int port =
        form.group("port") == null
            ? PORTS.getOrDefault(scheme, 0)
            : Integer.parseInt(form.group("port"));
    return port < 1 || port > 65_535 || host.contains("..")
        ? Optional.empty()
        : Optional.of(new HostRule(scheme, host, port));
  }

  /** Whether the target is meant. */
  public boolean matches(SecretTarget.Host target) {
    return scheme.equals(target.scheme()) && port == target.port() && matchesName(target.host());
  }

  private boolean matchesName(String name) {
    return host.startsWith("*.")
        ? name.endsWith(host.substring(1)) && name.length() > host.length() - 1
        : host.equals(name);
  }

  /** The rule as it would be written, with everything named. */
  @Override
  public String toString() {
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
