package dev.muster.agent.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.vault.VaultReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
  private static final VaultPolicy ONE_TENANT = new VaultPolicy(false, false);
  private static final SecretTarget HOST = new SecretTarget.Host("https", "login.example.com", 443);

  @TempDir private Path folder;

  @Test
  void the_newest_version_is_found_without_a_number_and_any_other_with_one() throws Exception {
    Vault vault =
        vault(
            """
            {"a/b": {"value": "first-one", "for": {"hosts": ["login.example.com"]}},
             "a/b/v2": {"value": "second-one", "for": {"hosts": ["login.example.com"]}},
             "a/b/v10": {"value": "tenth-one", "for": {"hosts": ["login.example.com"]}}}
            """);
    assertThat(resolve(vault, "a/b", HOST)).isEqualTo(found("tenth-one"));
    assertThat(resolve(vault, "a/b/v1", HOST)).isEqualTo(found("first-one"));
    assertThat(resolve(vault, "a/b/v2", HOST)).isEqualTo(found("second-one"));
    assertThat(resolve(vault, "a/b/v3", HOST)).isInstanceOf(SecretLookup.NotFound.class);
    assertThat(resolve(vault, "a/c", HOST)).isInstanceOf(SecretLookup.NotFound.class);
  }

  @ParameterizedTest
  @CsvSource({
    "login.example.com:443, https, login.example.com, 443, true",
    "LOGIN.example.com, https, login.example.com, 443, true",
    "login.example.com:443, http, login.example.com, 443, false",
    "login.example.com:443, https, login.example.com, 8443, false",
    "login.example.com, https, login.example.com.evil.org, 443, false",
    "http://login.example.com, http, login.example.com, 80, true",
    "*.example.com, https, login.example.com, 443, true",
    "*.example.com, https, example.com, 443, false",
    "*.example.com, https, evilexample.com, 443, false",
    "'https://[::1]:8443', https, ::1, 8443, true"
  })
  void a_secret_goes_only_to_its_hosts(
      String rule, String scheme, String host, int port, boolean allowed) throws Exception {
    Vault vault =
        vault("{\"a/b\": {\"value\": \"secret\", \"for\": {\"hosts\": [\"" + rule + "\"]}}}");
    assertThat(resolve(vault, "a/b", new SecretTarget.Host(scheme, host, port)))
        .isInstanceOf(allowed ? SecretLookup.Found.class : SecretLookup.NotAllowed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "a.example.com, true",
    "a.b-c.example.com, true",
    "example.com, false",
    "evil.org/#.example.com, false",
    "evil.org:80@a.example.com, false",
    "a.example.com.evil.org, false",
    "'evil.org\n.example.com', false"
  })
  void a_secret_goes_only_to_its_tools_with_its_parameters(String target, boolean allowed)
      throws Exception {
    Vault vault =
        vault(
            """
            {"a/b": {"value": "secret", "for": {"tools": {"nuclei": {"target": "*.example.com"}}}}}
            """);
    Map<String, List<String>> parameters = Map.of("target", List.of("x.example.com", target));
    assertThat(resolve(vault, "a/b", new SecretTarget.Tool("nuclei", parameters)))
        .isInstanceOf(allowed ? SecretLookup.Found.class : SecretLookup.NotAllowed.class);
    assertThat(resolve(vault, "a/b", new SecretTarget.Tool("nmap", parameters)))
        .isInstanceOf(SecretLookup.NotAllowed.class);
    assertThat(resolve(vault, "a/b", new SecretTarget.Tool("nuclei", Map.of())))
        .isInstanceOf(SecretLookup.NotAllowed.class);
    assertThat(
            resolve(
                vault,
                "a/b",
                new SecretTarget.Tool(
                    "nuclei", Map.of("target", List.of("a.example.com"), "proxy", List.of("x")))))
        .isInstanceOf(SecretLookup.NotAllowed.class);
  }

  @Test
  void an_entry_that_does_not_say_where_it_may_go_is_refused_unless_allowed() throws Exception {
    write("{\"a/b\": {\"value\": \"secret\"}, \"a/c\": {\"value\": \"secret\", \"for\": {}}}");
    assertThat(resolve(Vault.open(file(), ONE_TENANT), "a/b", HOST))
        .isInstanceOf(SecretLookup.NotAllowed.class);
    Vault lax = Vault.open(file(), new VaultPolicy(true, false));
    assertThat(resolve(lax, "a/b", HOST)).isEqualTo(found("secret"));
    assertThat(resolve(lax, "a/c", HOST)).isInstanceOf(SecretLookup.NotAllowed.class);
  }

  @Test
  void no_tenant_uses_anothers_secret() throws Exception {
    write(
        """
        {"a/b": {"value": "secret", "for": {"hosts": ["login.example.com"], "tenants": ["acme"]}},
         "a/c": {"value": "secret", "for": {"hosts": ["login.example.com"]}}}
        """);
    Vault several = Vault.open(file(), new VaultPolicy(true, true));
    assertThat(several.resolve(reference("a/b"), HOST, "acme")).isEqualTo(found("secret"));
    assertThat(several.resolve(reference("a/b"), HOST, "other"))
        .isInstanceOf(SecretLookup.NotAllowed.class);
    assertThat(several.resolve(reference("a/c"), HOST, "acme"))
        .isInstanceOf(SecretLookup.NotAllowed.class);
    assertThat(Vault.open(file(), ONE_TENANT).resolve(reference("a/b"), HOST, "other"))
        .isInstanceOf(SecretLookup.NotAllowed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-rw----", "rw----r--", "rwx------"})
  void a_file_that_others_can_use_is_refused(String mode) throws Exception {
    write("{}");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));
    assertThatThrownBy(() -> Vault.open(file(), ONE_TENANT))
        .isInstanceOf(VaultRefusedException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void a_file_of_another_user_is_refused() throws Exception {
    write("{}");
    int somebodyElse = VaultFile.currentUser() + 1;
    assertThatThrownBy(() -> Vault.open(file(), ONE_TENANT, somebodyElse))
        .isInstanceOf(VaultRefusedException.class)
        .hasMessageContaining("another user");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"a/b\": {\"value\": \"hunter22\"}, \"a/b\": {\"value\": \"hunter22\"}}",
        "{\"a/b\": {\"value\": \"hunter22\"",
        "{\"a/b\": hunter22}",
        "{\"a/b\": \"hunter22\"}",
        "{\"a/b\": {\"value\": \"short\"}}",
        "{\"a/b\": {\"value\": \"hunter22\", \"fro\": {}}}",
        "{\"a/b\": {\"value\": \"hunter22\", \"for\": {\"host\": []}}}",
        "{\"a/b\": {\"value\": \"hunter22\", \"for\": {\"hosts\": [\"a b\"]}}}",
        "{\"a/b\": {\"value\": \"hunter22\", \"for\": {\"hosts\": \"x\"}}}",
        "{\"a/b\": {\"value\": \"hunter22\"}, \"a/b/v1\": {\"value\": \"hunter22\"}}",
        "{\"b\": {\"value\": \"hunter22\"}}"
      })
  void what_is_not_a_vault_is_refused_without_quoting_it(String text) throws Exception {
    write(text);
    assertThatThrownBy(() -> Vault.open(file(), ONE_TENANT))
        .isInstanceOf(VaultRefusedException.class)
        .hasMessageNotContaining("hunter22");
  }

  @Test
  void a_change_of_the_file_is_seen_and_a_broken_one_resolves_nothing_until_repaired()
      throws Exception {
    Vault vault = Vault.open(file(), new VaultPolicy(true, false));
    assertThat(resolve(vault, "a/b", HOST)).isInstanceOf(SecretLookup.NotFound.class);
    write("{\"a/b\": {\"value\": \"secret-1\"}}");
    assertThat(resolve(vault, "a/b", HOST)).isEqualTo(found("secret-1"));
    write("{\"a/b\": ");
    assertThat(resolve(vault, "a/b", HOST)).isInstanceOf(SecretLookup.Unavailable.class);
    Files.delete(file());
    assertThat(resolve(vault, "a/b", HOST)).isInstanceOf(SecretLookup.NotFound.class);
    write("{\"a/b\": {\"value\": \"secret-2\"}}");
    assertThat(resolve(vault, "a/b", HOST)).isEqualTo(found("secret-2"));
  }

  @Test
  void a_new_version_takes_over_where_the_old_one_may_go() throws Exception {
    VaultEditor editor = VaultEditor.of(file());
    VaultEditor.Binding binding =
        new VaultEditor.Binding(List.of("login.example.com"), Map.of(), List.of());
    VaultEditor.Binding none = new VaultEditor.Binding(List.of(), Map.of(), List.of());
    assertThat(editor.set(reference("a/b"), Secret.of("secret-1"), binding, false))
        .hasToString("vault://local/a/b/v1");
    assertThat(editor.set(reference("a/b"), Secret.of("secret-2"), none, false))
        .hasToString("vault://local/a/b/v2");
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Vault vault = Vault.open(file(), ONE_TENANT);
    assertThat(resolve(vault, "a/b", HOST)).isEqualTo(found("secret-2"));
    assertThat(editor.remove(reference("a/b/v2"))).isEqualTo(1);
    assertThat(resolve(vault, "a/b", HOST)).isEqualTo(found("secret-1"));
    assertThat(editor.remove(reference("a/b"))).isEqualTo(1);
    assertThat(editor.list()).isEmpty();
  }

  @Test
  void a_refused_change_leaves_the_file_as_it_was() throws Exception {
    write("{\"a/b\": {\"value\": \"secret-1\"}}");
    VaultEditor editor = VaultEditor.of(file());
    VaultEditor.Binding none = new VaultEditor.Binding(List.of(), Map.of(), List.of());
    VaultEditor.Binding wrong = new VaultEditor.Binding(List.of("a b"), Map.of(), List.of());
    for (String value : List.of("short", "x".repeat(16_385))) {
      assertThatThrownBy(() -> editor.set(reference("a/c"), Secret.of(value), none, true))
          .isInstanceOf(VaultRefusedException.class);
    }
    assertThatThrownBy(() -> editor.set(reference("a/c"), Secret.of("secret-2"), none, false))
        .isInstanceOf(VaultRefusedException.class);
    assertThatThrownBy(() -> editor.set(reference("a/c"), Secret.of("secret-2"), wrong, false))
        .isInstanceOf(VaultRefusedException.class);
    assertThat(file()).hasContent("{\"a/b\": {\"value\": \"secret-1\"}}");
    try (var files = Files.list(folder)) {
      assertThat(files)
          .extracting(path -> path.getFileName().toString())
          .containsExactlyInAnyOrder("vault.json", "vault.json.lock");
    }
  }

  private SecretLookup resolve(Vault vault, String name, SecretTarget target) {
    return vault.resolve(reference(name), target, "acme");
  }

  private static VaultReference reference(String name) {
    return VaultReference.parse(VaultReference.PREFIX + name).orElseThrow();
  }

  private static SecretLookup found(String value) {
    return new SecretLookup.Found(Secret.of(value));
  }

  private Vault vault(String text) throws Exception {
    write(text);
    return Vault.open(file(), ONE_TENANT);
  }

  private void write(String text) throws Exception {
    Path temporary = folder.resolve("temporary");
    Files.writeString(temporary, text);
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
    Files.move(
        temporary,
        file(),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file() {
    return folder.resolve("vault.json");
  }
}
