package dev.muster.agent.connector.ldap;

import com.unboundid.ldap.sdk.DN;
import dev.muster.agent.connector.ConnectorSettings;
import dev.muster.agent.vault.HostRule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a directory from the configuration. */
final class LdapServerReader {
  private static final HostRule NOWHERE = new HostRule(LdapServer.TLS, "nowhere.invalid", 636);
  private static final Set<String> SCHEMES =
      Set.of(LdapServer.TLS, LdapServer.START_TLS, LdapServer.PLAIN);

  private LdapServerReader() {}

  static LdapServer read(String name, ConnectorSettings settings) {
    Set<LdapOperation> operations = operations(settings);
    List<DN> bases = names(settings, "bases");
    boolean rootEntry = settings.flag("root-entry", false);
    if (bases.isEmpty() && !rootEntry) {
      settings.problem("bases", "must name at least one part of the directory");
    }
    return new LdapServer(
        name,
        url(settings),
        bases,
        operations,
        names(settings, "bind-as"),
        rootEntry,
        ConcealedAttributes.usualAnd(concealed(settings)));
  }

  private static HostRule url(ConnectorSettings settings) {
    boolean plainAllowed = settings.flag("allow-plain", false);
    String text = settings.text("url").orElse("");
    Optional<HostRule> url =
        HostRule.parse(text)
            .filter(rule -> SCHEMES.contains(rule.scheme()) && !rule.host().startsWith("*"));
    if (url.isEmpty()) {
      settings.problem("url", "must be ldaps://, ldap+starttls:// or ldap:// and host[:port]");
      return NOWHERE;
    }
    if (url.get().scheme().equals(LdapServer.PLAIN) && !plainAllowed && !isHere(url.get())) {
      settings.problem(
          "url",
          "must be ldaps:// or ldap+starttls://: over plain ldap anyone on the way reads"
              + " passwords (allow-plain overrides)");
    }
    return url.get();
  }

  private static boolean isHere(HostRule url) {
    return url.host().equals("localhost")
        || url.host().equals("::1")
        || url.host().matches("127(\\.[0-9]{1,3}){3}");
  }

  private static Set<LdapOperation> operations(ConnectorSettings settings) {
    Set<LdapOperation> operations = EnumSet.noneOf(LdapOperation.class);
    for (String text : settings.texts("operations")) {
      LdapOperation.named(text)
          .ifPresentOrElse(
              operations::add,
              () ->
                  settings.problem(
                      "operations", "must be among search, add, modify, delete, bind"));
    }
    return operations.isEmpty() ? EnumSet.of(LdapOperation.SEARCH) : operations;
  }

  private static List<DN> names(ConnectorSettings settings, String key) {
    List<DN> names = new ArrayList<>();
    for (String text : settings.texts(key)) {
      DirectoryNames.read(text)
          .filter(name -> !name.isNullDN())
          .ifPresentOrElse(
              names::add,
              () -> settings.problem(key, "not a distinguished name: \"" + text + "\""));
    }
    return names;
  }

  private static List<String> concealed(ConnectorSettings settings) {
    List<String> names = settings.texts("concealed-attributes");
    if (!names.stream().allMatch(AttributeNames::isPlain)) {
      settings.problem("concealed-attributes", "must hold names of attributes");
    }
    return names;
  }
}
