package dev.muster.agent.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import java.util.List;
import java.util.Optional;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DirectoryNamesProperties {
  private static final String BASE = "ou=People,dc=example,dc=com";

  /** The JDK's own reader has no line in common with the one that decided. */
  @Property(tries = 5_000)
  void whatever_is_let_through_is_below_the_base_for_another_reader_too(
      @ForAll("names") String asked) throws Exception {
    Optional<DN> sent =
        DirectoryNames.read(asked)
            .flatMap(name -> DirectoryNames.within(List.of(base()), name, true));
    if (sent.isPresent()) {
      assertThat(new LdapName(sent.get().toString()).startsWith(new LdapName(BASE)))
          .as(sent.get().toString())
          .isTrue();
    }
  }

  @Property(tries = 2_000)
  void a_value_is_sent_as_it_was_asked_for(@ForAll String value) throws Exception {
    String asked = "cn=" + Rdn.escapeValue(value) + "," + BASE;
    Optional<DN> sent =
        DirectoryNames.read(asked)
            .flatMap(name -> DirectoryNames.within(List.of(base()), name, false));
    if (sent.isPresent()) {
      assertThat(value(sent.get())).isEqualTo(value(new DN(asked)));
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
            "ou=people",
            "OU=People",
            "dc=example",
            "dc=com",
            "cn=x",
            "ou=other",
            BASE,
            ",",
            ";",
            "+",
            " ",
            "\\",
            "\\,",
            "\"",
            "=",
            "\\2c",
            "#0401",
            "\\00",
            "\\ff",
            "é",
            "<",
            ">")
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(parts -> String.join("", parts))
        .flatMap(text -> Arbitraries.of(text, text + "," + BASE, text + BASE));
  }

  private static String value(DN name) {
    return name.getRDNs()[0].getAttributeValues()[0];
  }

  private static DN base() {
    return DirectoryNames.read(BASE).orElseThrow();
  }
}
