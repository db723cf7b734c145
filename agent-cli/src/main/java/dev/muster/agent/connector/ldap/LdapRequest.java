package dev.muster.agent.connector.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.SearchScope;
import java.util.List;

/** What a job asks of a directory, checked and with its secrets. */
sealed interface LdapRequest {
  /**
   * Entries.
   *
   * @param base as it is sent
   * @param entries the most that the job wants
   */
  record Search(DN base, SearchScope scope, Filter filter, List<String> attributes, int entries)
      implements LdapRequest {}

  /** A new entry. */
  record Add(DN entry, List<Attribute> attributes) implements LdapRequest {}

  /** Another content of an entry. */
  record Modify(DN entry, List<Modification> changes) implements LdapRequest {}

  /** The end of an entry. */
  record Delete(DN entry) implements LdapRequest {}

  /** Nothing but the proof that the credentials are good. */
  record Bind() implements LdapRequest {}
}
