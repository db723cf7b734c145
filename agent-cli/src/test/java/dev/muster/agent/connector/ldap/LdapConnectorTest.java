package dev.muster.agent.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.PrivateAuthority;
import dev.muster.agent.connector.ConnectorOutcome.Failed;
import dev.muster.agent.connector.Workbench;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With OpenLDAP's slapd. */
class LdapConnectorTest {
  private static final String PEOPLE = "ou=people,dc=example,dc=com";
  private static PrivateAuthority authority;
  private static Slapd slapd;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeAll
  static void startSlapd(@TempDir Path keys) throws Exception {
    Slapd.required();
    authority = new PrivateAuthority(keys);
    slapd = Slapd.start(authority, DirectoryContent.ldif());
  }

  @AfterAll
  static void stopSlapd() throws Exception {
    if (slapd != null) {
      slapd.close();
    }
  }

  @BeforeEach
  void makeBench() throws Exception {
    bench = bench(authority.client(), "");
  }

  @Test
  void a_search_goes_page_by_page_over_tls() throws Exception {
    JsonNode result =
        bench.completed(search("tls", "\"filter\": \"(uid=*)\", \"attributes\": [\"uid\"]"));
    assertThat(result.path("count").intValue()).isEqualTo(26);
    assertThat(result.path("truncated").booleanValue()).isFalse();
    assertThat(result.at("/entries/1/dn").asString()).isEqualTo("uid=u1," + PEOPLE);
    assertThat(result.at("/entries/1/attributes/uid/0").asString()).isEqualTo("u1");
    assertThat(result.path("entries").findValuesAsString("dn")).doesNotHaveDuplicates();
  }

  @Test
  void what_is_no_text_comes_as_base64_and_passwords_never_come() throws Exception {
    String payload =
        asAdmin(search("tls", "\"filter\": \"(uid=u0)\", \"attributes\": [\"*\", \"2.5.4.35\"]"));
    JsonNode attributes = bench.completed(payload).at("/entries/0/attributes");
    assertThat(attributes.at("/jpegPhoto/0/base64").asString()).isEqualTo("/9j/4AAB");
    assertThat(attributes.at("/cn/0").asString()).isEqualTo("Zoë 0");
    assertThat(attributes.at("/userPassword/0").asString()).isEqualTo("[redacted]");
    assertThat(attributes.toString()).doesNotContain("f1rst");
  }

  @Test
  void a_search_that_finds_more_than_fits_is_cut_and_says_so() throws Exception {
    JsonNode few = bench(authority.client(), "  entry-limit: 7\n").completed(search("tls", ""));
    assertThat(few.path("count").intValue()).isEqualTo(7);
    assertThat(few.path("truncated_by").asString()).isEqualTo("entries");
    JsonNode own = bench.completed(search("tls", "\"limit\": 3"));
    assertThat(own.path("entries").size()).isEqualTo(3);
    JsonNode small =
        bench(authority.client(), "  response-limit-bytes: 1024\n").completed(search("tls", ""));
    assertThat(small.path("count").intValue()).isBetween(1, 15);
    assertThat(small.path("truncated_by").asString()).isEqualTo("bytes");
  }

  @Test
  void an_entry_is_added_with_a_secret_changed_bound_as_and_deleted() throws Exception {
    String dn = "\"dn\": \"cn=Smith\\\\, John+uid=js," + PEOPLE + "\"";
    bench.completed(
        asAdmin(
            job(
                "tls",
                "add",
                dn
                    + ", \"attributes\": {\"objectClass\": [\"top\", \"inetOrgPerson\"], \"sn\":"
                    + " \"Smith\", \"userPassword\": \"vault://local/people/new\"}")));
    JsonNode bound =
        bench.completed(job("tls", "bind", "\"bind\": {" + dn + password("people/new") + "}"));
    assertThat(bound.path("result_code").intValue()).isZero();
    bench.completed(
        asAdmin(
            job(
                "tls",
                "modify",
                dn
                    + ", \"changes\": [{\"type\": \"replace\", \"attribute\": \"description\","
                    + " \"values\": [\"a, b\", \"(x)\"]}]")));
    JsonNode found =
        bench.completed(
            asAdmin(search("tls", "\"filter\": {\"equals\": {\"cn\": \"Smith, John\"}}")));
    assertThat(found.at("/entries/0/attributes/description").toString()).contains("\"a, b\"");
    assertThat(found.toString() + bench.lines()).doesNotContain("n3w-pass");
    bench.completed(asAdmin(job("tls", "delete", dn)));
    assertThat(bench.failed(asAdmin(job("tls", "delete", dn))).errorClass())
        .isEqualTo("ldap_no_such_object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delete|\"dn\": \"uid=none,P\"|ldap_no_such_object|LDAP result 32",
        "add|\"dn\": \"uid=u1,P\", \"attributes\": {\"objectClass\": \"account\"}|ldap_entry_exists|68",
        "add|\"dn\": \"uid=x,P\", \"attributes\": {\"sn\": \"x\"}|ldap_invalid_change|LDAP result",
        "modify|\"dn\": \"ou=away,P\", \"changes\": [{\"type\": \"delete\", \"attribute\": \"ref\"}]|ldap_referral|referrals are not followed: ldap://127.0.0.1:1/",
      })
  void a_refusal_has_a_class_of_its_own_and_the_result_code(
      String operation, String what, String errorClass, String message) throws Exception {
    Failed failed =
        bench.failed(asAdmin(job("tls", operation, what.replace("P\"", PEOPLE + "\""))));
    assertThat(failed.errorClass()).isEqualTo(errorClass);
    assertThat(failed.message()).contains(message);
    assertThat(failed.retryable()).isFalse();
  }

  @Test
  void who_has_no_rights_and_who_has_the_wrong_password_is_told_apart() throws Exception {
    assertThat(bench.failed(job("tls", "delete", "\"dn\": \"uid=u1," + PEOPLE + "\"")).errorClass())
        .isEqualTo("ldap_insufficient_rights");
    Failed wrong =
        bench.failed(
            job(
                "tls",
                "bind",
                "\"bind\": {\"dn\": \"uid=u1," + PEOPLE + "\"" + password("people/new") + "}"));
    assertThat(wrong.errorClass()).isEqualTo("ldap_invalid_credentials");
    assertThat(wrong.message()).contains("49").doesNotContain("n3w");
    assertThat(wrong.retryable()).isFalse();
  }

  @Test
  void referrals_and_aliases_are_told_and_not_followed() throws Exception {
    JsonNode result = bench.completed(search("tls", "\"filter\": \"(cn=shared)\""));
    assertThat(result.path("referrals").toString()).contains("ldap://127.0.0.1:1/");
    assertThat(result.path("count").intValue()).isZero();
    JsonNode alias = bench.completed(search("tls", "\"filter\": \"(objectClass=alias)\""));
    assertThat(alias.at("/entries/0/dn").asString()).isEqualTo("cn=link," + PEOPLE);
    assertThat(alias.path("count").intValue()).isEqualTo(1);
  }

  @Test
  void the_entry_that_describes_the_server_is_read_where_that_is_allowed() throws Exception {
    String payload =
        job("tls", "search", "\"base\": \"\", \"scope\": \"base\", \"attributes\": [\"+\"]");
    assertThat(bench.completed(payload).toString()).contains("supportedLDAPVersion");
    assertThat(bench.failed(payload.replace("\"tls\"", "\"plain\"")).errorClass())
        .isEqualTo("not_allowed_here");
    assertThat(bench.failed(payload.replace("\"base\", ", "\"sub\", ")).errorClass())
        .isEqualTo("not_allowed_here");
  }

  @Test
  void start_tls_protects_a_connection_before_the_password_goes() throws Exception {
    assertThat(bench.completed(asAdmin(search("start", "\"limit\": 1"))).path("count").intValue())
        .isEqualTo(1);
    assertThat(bench(SSLContext.getDefault(), "").failed(asAdmin(search("start", ""))).errorClass())
        .isEqualTo("ldap_tls");
  }

  @Test
  void a_server_of_an_unknown_authority_or_under_another_name_is_not_trusted() throws Exception {
    assertThat(bench(SSLContext.getDefault(), "").failed(search("tls", "")).errorClass())
        .isEqualTo("ldap_tls");
    assertThat(bench.failed(search("misnamed", "")).errorClass()).isEqualTo("ldap_tls");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "misnamed"})
  void a_secret_does_not_go_to_another_server_or_the_same_without_tls(String server)
      throws Exception {
    assertThat(bench.failed(asAdmin(search(server, ""))).errorClass())
        .isEqualTo("secret_not_allowed_for_target");
    assertThat(bench.lines()).isEmpty();
  }

  @Test
  void a_filter_of_values_cannot_be_broken_out_of() throws Exception {
    JsonNode result =
        bench.completed(search("tls", "\"filter\": {\"equals\": {\"uid\": \"*)(objectClass=*\"}}"));
    assertThat(result.path("count").intValue()).isZero();
    assertThat(
            bench
                .completed(search("tls", "\"filter\": {\"starts_with\": {\"uid\": \"u1\"}}"))
                .path("count")
                .intValue())
        .isEqualTo(11);
  }

  @Test
  void a_script_uses_directories_under_the_same_limits_and_binds_with_secrets_it_never_sees()
      throws Exception {
    String source =
        """
        const found = ldap({server: 'tls', operation: 'search', base: config.base, filter: '(uid=u1)',
            bind: {dn: 'cn=admin,dc=example,dc=com', password: secret('vault://local/admin/password')}});
        let refused;
        try {
          ldap({server: 'tls', operation: 'search', base: 'dc=com', filter: '(uid=u1)'});
        } catch (e) {
          refused = e.errorClass;
        }
        return [found.entries[0].dn, refused];
        """;
    String payload =
        new JsonMapper()
            .writeValueAsString(
                Map.of("connector", "script", "source", source, "config", Map.of("base", PEOPLE)));
    assertThat(bench.completed(payload).path("value").toString())
        .isEqualTo("[\"uid=u1," + PEOPLE + "\",\"not_allowed_here\"]");
  }

  private Workbench bench(SSLContext tls, String more) throws Exception {
    String yaml =
        """
        script: {}
        ldap:
          page-size: 4
        MORE
          servers:
            tls: {url: "ldaps://localhost:%2$d", root-entry: true, LIMITS}
            start: {url: "ldap+starttls://localhost:%1$d", LIMITS}
            plain: {url: "ldap://127.0.0.1:%1$d", LIMITS}
            misnamed: {url: "ldaps://127.0.0.2:%2$d", LIMITS}
        """
            .formatted(slapd.plainPort, slapd.tlsPort)
            .replace("MORE\n", more)
            .replace(
                "LIMITS",
                "bases: [\"OU=People, dc=example,dc=com\"],"
                    + " operations: [search, add, modify, delete, bind],"
                    + " bind-as: [\"cn=admin,dc=example,dc=com\"]");
    String vault =
        """
        {"admin/password": {"value": "adm1n-pass", "for": {"hosts": [
           "ldaps://localhost:%2$d", "ldap+starttls://localhost:%1$d"]}},
         "people/new": {"value": "n3w-pass, \\"quoted\\"", "for": {"hosts": [
           "ldaps://localhost:%2$d"]}}}
        """
            .formatted(slapd.plainPort, slapd.tlsPort);
    return new Workbench(folder, yaml, vault, tls);
  }

  private static String search(String server, String more) {
    return job(
        server, "search", "\"base\": \"" + PEOPLE + "\"" + (more.isEmpty() ? "" : ", " + more));
  }

  private static String job(String server, String operation, String more) {
    return "{\"connector\": \"ldap\", \"server\": \"%s\", \"operation\": \"%s\", %s}"
        .formatted(server, operation, more);
  }

  private static String asAdmin(String job) {
    return job.substring(0, job.length() - 1)
        + ", \"bind\": {\"dn\": \"CN=Admin,DC=example,DC=com\""
        + password("admin/password")
        + "}}";
  }

  private static String password(String entry) {
    return ", \"password\": \"vault://local/" + entry + "\"";
  }
}
