package dev.muster.agent.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.connector.Workbench;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Nobody listens there: what gets as far as the network ends in {@code ldap_unreachable}. */
class LdapLimitsTest {
  private static final String YAML =
      """
      ldap:
        servers:
          one:
            url: ldap://127.0.0.1:1
            bases: ["ou=People,dc=example,dc=com"]
            operations: [search, add, modify, delete]
            bind-as: ["cn=agent,dc=example,dc=com"]
            concealed-attributes: [pinCode]
          reader: {url: "ldaps://127.0.0.1:1", bases: ["dc=x"]}
      """;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void makeBench() throws Exception {
    bench =
        new Workbench(
            folder,
            YAML,
            """
            {"here/password": {"value": "s3cret-value", "for": {"hosts": ["ldap://127.0.0.1:1"]}},
             "other/password": {"value": "0ther-value", "for": {"hosts": ["ldap://127.0.0.1:2"]}}}
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dc=example,dc=com",
        "",
        "ou=other,dc=example,dc=com",
        "cn=x,ou=other,dc=example,dc=com",
        "ou=people\\,dc=example\\,dc=com",
        "ou=people\\,dc=example,dc=com",
        "cn=a\\2cou=people\\2cdc=example\\2cdc=com",
        "cn=\"x,ou=people,dc=example,dc=com\"",
        "ou=people+cn=x,dc=example,dc=com",
        "cn=x,ou=people+ou=other,dc=example,dc=com",
        "ou=peoples,dc=example,dc=com",
        "aou=people,dc=example,dc=com",
        "ou=people,dc=example,dc=com,dc=org",
        "2.5.4.11=people,dc=example,dc=com",
        "ou=people\\00,dc=example,dc=com",
        "cn=config",
        "cn=VAULT://local/here/password,ou=people,dc=example,dc=com"
      })
  void a_name_that_is_not_below_a_base_is_refused(String dn) throws Exception {
    assertThat(errorClass(search().put("base", dn))).isEqualTo("not_allowed_here");
    assertThat(errorClass(deletion(dn))).isEqualTo("not_allowed_here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "people",
        "ou=people,,dc=example,dc=com",
        "ou=people,dc=example,dc=com,",
        "<WKGUID=aa,ou=people,dc=example,dc=com>",
        "<GUID=aa>,ou=people,dc=example,dc=com",
        "=x,ou=people,dc=example,dc=com"
      })
  void what_is_no_name_is_refused(String dn) throws Exception {
    assertThat(errorClass(search().put("base", dn))).isEqualTo("invalid_payload");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ou=People,dc=example,dc=com",
        "OU = people , DC=Example,dc=COM",
        "ou=\\50eople,dc=example,dc=com",
        "cn=x,ou=people,dc=example,dc=com"
      })
  void case_spaces_and_escapes_do_not_matter(String dn) throws Exception {
    assertThat(errorClass(search().put("base", dn))).isEqualTo("ldap_unreachable");
  }

  @Test
  void a_base_itself_is_neither_deleted_nor_added() throws Exception {
    assertThat(errorClass(deletion("OU=people,dc=example,dc=com"))).isEqualTo("not_allowed_here");
    assertThat(errorClass(deletion("cn=x,OU=people,dc=example,dc=com")))
        .isEqualTo("ldap_unreachable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(userPassword=a*)",
        "(USERPASSWORD;x-a=*)",
        "(2.5.4.35>=a)",
        "(!(unicodePwd=*))",
        "(&(uid=x)(|(cn=a)(userPassword=a)))",
        "(pincode=1*)",
        "(userPassword:caseExactMatch:=a)",
        "(:2.5.13.5:=x)",
        "(:dn:caseExactMatch:=x)",
        "(cn=vault://local/here/password)"
      })
  void a_filter_cannot_ask_for_passwords(String filter) throws Exception {
    assertThat(errorClass(search().put("filter", filter))).isEqualTo("not_allowed_here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "(uid=*",
        "(uid=a))(|(uid=*)",
        "(uid=a)(uid=b)",
        "(uid=\\zz)",
        "(a b=c)",
        "{\"equals\": {\"uid=*)(cn\": \"x\"}}",
        "{\"equals\": {\"uid\": \"x\", \"cn\": \"y\"}}",
        "{\"equals\": {\"uid\": {\"x\": 1}}}",
        "{\"same\": {\"uid\": \"x\"}}",
        "{\"and\": {\"uid\": \"x\"}}",
        "{\"present\": \"\"}",
        "[]"
      })
  void what_is_no_filter_is_refused(String filter) throws Exception {
    ObjectNode job = search();
    if (filter.startsWith("{") || filter.startsWith("[")) {
      job.set("filter", new JsonMapper().readTree(filter));
    } else {
      job.put("filter", filter);
    }
    assertThat(errorClass(job)).isEqualTo("invalid_payload");
  }

  @Test
  void a_filter_that_is_nested_without_end_is_refused() throws Exception {
    String deep = "(!".repeat(200) + "(uid=x)" + ")".repeat(200);
    assertThat(errorClass(search().put("filter", deep))).isEqualTo("invalid_payload");
  }

  @Test
  void a_secret_becomes_a_value_that_never_comes_back_and_no_other() throws Exception {
    assertThat(modified("description", "vault://local/here/password"))
        .isEqualTo("not_allowed_here");
    assertThat(modified("userPassword", "vault://local/here/password"))
        .isEqualTo("ldap_unreachable");
    assertThat(modified("pinCode", "vault://local/here/password")).isEqualTo("ldap_unreachable");
    assertThat(modified("userPassword", "vault://local/other/password"))
        .isEqualTo("secret_not_allowed_for_target");
    assertThat(modified("userPassword", "vault://local/none/password"))
        .isEqualTo("secret_not_found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cn=agent,dc=example,dc=com|vault://local/here/password|ldap_unreachable",
        "cn=agent,dc=example,dc=com|vault://local/other/password|secret_not_allowed_for_target",
        "cn=agent,dc=example,dc=com|''|invalid_payload",
        "''|vault://local/here/password|not_allowed_here",
        "cn=x,cn=agent,dc=example,dc=com|guess|not_allowed_here",
        "uid=u1,ou=people,dc=example,dc=com|guess|not_allowed_here"
      })
  void a_job_presents_itself_only_as_who_is_listed(String dn, String password, String errorClass)
      throws Exception {
    ObjectNode job = search();
    job.putObject("bind").put("dn", dn).put("password", password);
    assertThat(errorClass(job)).isEqualTo(errorClass);
  }

  @Test
  void what_is_not_listed_is_refused() throws Exception {
    assertThat(errorClass(search().put("server", "two"))).isEqualTo("not_allowed_here");
    assertThat(errorClass(search().put("server", "ldap://127.0.0.1:1")))
        .isEqualTo("not_allowed_here");
    assertThat(errorClass(deletion("cn=a,dc=x").put("server", "reader")))
        .isEqualTo("not_allowed_here");
    assertThat(errorClass(search().put("operation", "bind"))).isEqualTo("not_allowed_here");
    assertThat(errorClass(search().put("operation", "compare"))).isEqualTo("invalid_payload");
    assertThat(errorClass(search().put("url", "ldap://127.0.0.1:1"))).isEqualTo("invalid_payload");
    assertThat(errorClass(search().put("limit", 0))).isEqualTo("invalid_payload");
    assertThat(errorClass(search().put("scope", "all"))).isEqualTo("invalid_payload");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url: 'ldap://ldap.example.com', bases: ['dc=x']|connectors.ldap.servers.a.url",
        "url: 'https://ldap.example.com', bases: ['dc=x']|connectors.ldap.servers.a.url",
        "url: 'ldaps://*.example.com', bases: ['dc=x']|connectors.ldap.servers.a.url",
        "url: 'ldaps://a', bases: ['x']|connectors.ldap.servers.a.bases",
        "url: 'ldaps://a', bases: ['']|connectors.ldap.servers.a.bases",
        "url: 'ldaps://a'|connectors.ldap.servers.a.bases",
        "url: 'ldaps://a', bases: ['dc=x'], operations: [read]|connectors.ldap.servers.a.operations",
        "url: 'ldaps://a', bases: ['dc=x'], base: x|connectors.ldap.servers.a.base",
        "bases: ['dc=x']|connectors.ldap.servers.a.url"
      })
  void a_configuration_that_says_too_little_or_too_much_is_refused(String server, String path)
      throws Exception {
    assertThat(Workbench.problems(folder, "ldap: {servers: {a: {" + server + "}}}"))
        .extracting("path")
        .contains(path);
  }

  @Test
  void plain_ldap_goes_elsewhere_only_in_so_many_words() throws Exception {
    String server = "ldap: {servers: {a: {url: 'ldap://a.example', bases: ['dc=x']%s}}}";
    assertThat(Workbench.problems(folder, server.formatted(""))).hasSize(1);
    assertThat(Workbench.problems(folder, server.formatted(", allow-plain: true"))).isEmpty();
  }

  private String modified(String attribute, String value) throws Exception {
    ObjectNode job = job("modify").put("dn", "uid=a,ou=people,dc=example,dc=com");
    job.putArray("changes")
        .addObject()
        .put("type", "replace")
        .put("attribute", attribute)
        .put("values", value);
    return errorClass(job);
  }

  private String errorClass(ObjectNode job) throws Exception {
    return bench.failed(job.toString()).errorClass();
  }

  private static ObjectNode search() {
    return job("search").put("base", "ou=people,dc=example,dc=com");
  }

  private static ObjectNode deletion(String dn) {
    return job("delete").put("dn", dn);
  }

  private static ObjectNode job(String operation) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("connector", "ldap")
        .put("server", "one")
        .put("operation", operation);
  }
}
