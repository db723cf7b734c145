package dev.muster.agent.connector.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import dev.muster.agent.connector.RefusedException;
import dev.muster.agent.connector.SecretReferences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Distinguished names (RFC 4514). They are compared by their parts; case and spaces that do not
 * count in a directory do not count here either.
 */
final class DirectoryNames {
  private static final int LONGEST = 4_096;

  private DirectoryNames() {}

  /**
   * Reads a name.
   *
   * @param field where it stands, for the message
   */
  static DN parse(String text, String field) throws RefusedException {
    if (SecretReferences.occurIn(text)) {
      throw RefusedException.notAllowedHere("a secret may not be part of a name");
    }
    return read(text)
        .orElseThrow(() -> RefusedException.invalidPayload(field + " is not a distinguished name"));
  }

  /** Reads a name; empty if it is none. */
  static Optional<DN> read(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      DN name = new DN(text);
      // What is no attribute's name means something of its own to some servers: <WKGUID=…>.
      boolean plain =
          Arrays.stream(name.getRDNs())
              .flatMap(part -> Arrays.stream(part.getAttributeNames()))
              .allMatch(AttributeNames::isPlain);
      return plain ? Optional.of(name) : Optional.empty();
    } catch (LDAPException notAName) {
      return Optional.empty();
    }
  }

  /**
   * The name, if it is below one of the bases: its own parts written anew, so that there is one way
   * to read them, and then the base exactly as the configuration has it.
   *
   * @param orAt whether the base itself will do
   */
  static Optional<DN> within(List<DN> bases, DN name, boolean orAt) {
    return bases.stream()
        .filter(base -> name.isDescendantOf(base, orAt))
        .findFirst()
        .map(base -> onto(base, name));
  }

  private static DN onto(DN base, DN name) {
    List<RDN> parts = new ArrayList<>();
    int own = name.getRDNs().length - base.getRDNs().length;
    for (RDN part : Arrays.asList(name.getRDNs()).subList(0, own)) {
      parts.add(new RDN(part.getAttributeNames(), part.getByteArrayAttributeValues()));
    }
    parts.addAll(Arrays.asList(base.getRDNs()));
    return new DN(parts);
  }
}
