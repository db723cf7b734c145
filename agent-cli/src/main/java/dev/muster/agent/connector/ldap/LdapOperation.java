package dev.muster.agent.connector.ldap;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done with a directory. */
enum LdapOperation {
  SEARCH,
  ADD,
  MODIFY,
  DELETE,
  BIND;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<LdapOperation> named(String text) {
    return Arrays.stream(values()).filter(each -> each.wireName().equals(text)).findFirst();
  }
}
