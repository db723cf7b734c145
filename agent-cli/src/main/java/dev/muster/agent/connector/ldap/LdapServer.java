package dev.muster.agent.connector.ldap;

import com.unboundid.ldap.sdk.DN;
import dev.muster.agent.connector.RefusedException;
import dev.muster.agent.vault.HostRule;
import dev.muster.agent.vault.SecretTarget;
import java.util.List;
import java.util.Set;

/**
 * A directory that jobs may use, and how far. Immutable.
 *
 * @param url where it is; the scheme says how it is spoken to
 * @param bases what is named here or below may be read and changed, as far as the operations go
 * @param binders who jobs may present themselves as, wherever that is
 * @param rootEntry whether the nameless entry may be read, in which a server describes itself
 * @param concealed the attributes that never come back
 */
record LdapServer(
    String name,
    HostRule url,
    List<DN> bases,
    Set<LdapOperation> operations,
    List<DN> binders,
    boolean rootEntry,
    ConcealedAttributes concealed) {
  static final String TLS = "ldaps";
  static final String START_TLS = "ldap+starttls";
  static final String PLAIN = "ldap";

  LdapServer {
    bases = List.copyOf(bases);
    operations = Set.copyOf(operations);
    binders = List.copyOf(binders);
  }

  SecretTarget.Host target() {
    return new SecretTarget.Host(url.scheme(), url.host(), url.port());
  }

  /** The name, as it is sent, of an entry that is at a base or below. */
  DN place(DN asked) throws RefusedException {
    return DirectoryNames.within(bases, asked, true)
        .orElseThrow(() -> notAllowed("this agent may not touch that part of the directory"));
  }

  /** The name, as it is sent, of an entry that is below a base: a base itself stays. */
  DN placeBelow(DN asked) throws RefusedException {
    return DirectoryNames.within(bases, asked, false)
        .orElseThrow(() -> notAllowed("this agent may add and delete below its bases only"));
  }

  /** The name, as it is sent, of somebody that a job presents itself as. */
  DN binder(DN asked) throws RefusedException {
    List<DN> all = operations.contains(LdapOperation.BIND) ? bases : List.of();
    return binders.stream()
        .filter(asked::equals)
        .findFirst()
        .or(() -> DirectoryNames.within(all, asked, true))
        .orElseThrow(() -> notAllowed("this agent may not bind under that name"));
  }

  private static RefusedException notAllowed(String message) {
    return RefusedException.notAllowedHere(message);
  }
}
