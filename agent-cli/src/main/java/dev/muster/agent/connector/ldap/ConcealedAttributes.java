package dev.muster.agent.connector.ldap;

import com.unboundid.ldap.sdk.Attribute;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The attributes that hold passwords or keys, whatever their values look like: they are not
 * returned and not searched for, and only they take secrets of the vault.
 *
 * @param names lower case, without options
 */
record ConcealedAttributes(Set<String> names) {
  private static final Set<String> USUAL =
      Set.of(
          "userpassword",
          "2.5.4.35",
          "authpassword",
          "1.3.6.1.4.1.4203.1.3.4",
          "pwdhistory",
          "1.3.6.1.4.1.42.2.27.8.1.20",
          "olcrootpw",
          "nsslapd-rootpw",
          "unicodepwd",
          "1.2.840.113556.1.4.90",
          "dbcspwd",
          "1.2.840.113556.1.4.55",
          "ntpwdhistory",
          "1.2.840.113556.1.4.94",
          "lmpwdhistory",
          "1.2.840.113556.1.4.160",
          "supplementalcredentials",
          "1.2.840.113556.1.4.125",
          "unixuserpassword",
          "1.2.840.113556.1.4.1910",
          "ms-mcs-admpwd",
          "mslaps-password",
          "mslaps-encryptedpassword",
          "mslaps-encryptedpasswordhistory",
          "mslaps-encrypteddsrmpassword",
          "mslaps-encrypteddsrmpasswordhistory",
          "msds-managedpassword",
          "1.2.840.113556.1.4.2196",
          "msfve-recoverypassword",
          "sambantpassword",
          "1.3.6.1.4.1.7165.2.1.25",
          "sambalmpassword",
          "1.3.6.1.4.1.7165.2.1.24",
          "sambapasswordhistory",
          "1.3.6.1.4.1.7165.2.1.54",
          "ipanthash",
          "krbprincipalkey",
          "krbmkey",
          "krb5key",
          "userpkcs12",
          "2.16.840.1.113730.3.1.216");

  /** The usual ones, and more. */
  static ConcealedAttributes usualAnd(Collection<String> more) {
    Set<String> names = new HashSet<>(USUAL);
    more.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    return new ConcealedAttributes(Set.copyOf(names));
  }

  /** Whether an attribute, with or without options, is one of them. */
  boolean contains(String attribute) {
    return names.contains(Attribute.getBaseName(attribute).toLowerCase(Locale.ROOT));
  }
}
