package dev.muster.agent.connector.ldap;

/** What stands in the test's directory. */
final class DirectoryContent {
  private DirectoryContent() {}

  /** 26 people, one of them with a photo; a referral, an alias; and what nobody may touch. */
  static String ldif() {
    StringBuilder ldif =
        new StringBuilder(
            """
            dn: dc=example,dc=com
            objectClass: domain

            dn: ou=people,dc=example,dc=com
            objectClass: organizationalUnit

            dn: ou=other,dc=example,dc=com
            objectClass: organizationalUnit

            dn: cn=shared,ou=other,dc=example,dc=com
            objectClass: device

            dn: ou=away,ou=people,dc=example,dc=com
            objectClass: referral
            objectClass: extensibleObject
            ref: ldap://127.0.0.1:1/ou=away,dc=example,dc=org

            dn: cn=link,ou=people,dc=example,dc=com
            objectClass: alias
            objectClass: extensibleObject
            aliasedObjectName: ou=other,dc=example,dc=com

            """);
    for (int i = 0; i < 26; i++) {
      ldif.append(
          """
          dn: uid=u%1$d,ou=people,dc=example,dc=com
          objectClass: inetOrgPerson
          sn: %1$d
          cn:: Wm/DqyA%2$s
          userPassword: f1rst-pass
          %3$s
          """
              .formatted(i, i == 0 ? "w" : "x", i == 0 ? "jpegPhoto:: /9j/4AAB\n" : ""));
    }
    return ldif.toString();
  }
}
