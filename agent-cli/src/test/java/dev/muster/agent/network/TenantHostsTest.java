package dev.muster.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantHostsTest {
  private static final URI SERVER = URI.create("https://muster.example.com:8443");

  @Test
  void without_a_suffix_every_tenant_is_at_the_servers_own_address() {
    TenantHosts hosts = new TenantHosts(SERVER, Optional.empty());

    assertThat(hosts.of("acme")).contains(SERVER);
    assertThat(hosts.of("no label")).contains(SERVER);
  }

  @Test
  void with_one_a_tenant_has_its_host_under_the_servers_scheme_and_port() {
    Optional<String> suffix = Optional.of(".tenants.example.com");

    assertThat(new TenantHosts(SERVER, suffix).of("acme"))
        .contains(URI.create("https://acme.tenants.example.com:8443"));
    assertThat(new TenantHosts(URI.create("http://[::1]"), suffix).of("a-1"))
        .contains(URI.create("http://a-1.tenants.example.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "Acme",
        "-a",
        "a-",
        "a.b",
        "a/",
        "evil.example/",
        "evil.example#",
        "evil.example?",
        "u@evil.example",
        "evil.example:1",
        "evil\\",
        "a b",
        "a\n",
        "a\r\nX: 1",
        "ä",
        "a%2e",
        "a\0"
      })
  void a_slug_that_is_no_host_label_leads_nowhere(String slug) {
    TenantHosts hosts = new TenantHosts(SERVER, Optional.of(".tenants.example.com"));

    assertThat(hosts.of(slug)).isEmpty();
    assertThat(hosts.of("a".repeat(64))).isEmpty();
    assertThat(hosts.of("a".repeat(63))).isPresent();
  }
}
