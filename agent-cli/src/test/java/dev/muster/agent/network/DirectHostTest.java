package dev.muster.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is reached without the proxy, as curl reads NO_PROXY. */
class DirectHostTest {
  @ParameterizedTest
  @CsvSource({
    "example.com, https://example.com",
    "example.com, https://EXAMPLE.com:8443/path",
    "example.com, https://a.b.example.com",
    "example.com, https://example.com.",
    ".example.com, https://example.com",
    ".example.com, https://www.example.com",
    "*.example.com, https://www.example.com",
    "Example.COM., https://www.example.com",
    "*, https://anything.at.all",
    "*, https://[::1]",
    "127.0.0.1, https://127.0.0.1:9",
    "10.0.0.0/8, https://10.200.3.4",
    "192.168.1.128/25, https://192.168.1.200",
    "0.0.0.0/0, https://8.8.8.8",
    "::1, https://[::1]:8443",
    "[::1], https://[0:0:0:0:0:0:0:1]",
    "2001:DB8::/32, https://[2001:db8:1::7]",
    "[2001:db8::]/32, https://[2001:db8:1::7]",
    "example.com:8443, https://www.example.com:8443",
    "example.com:443, https://example.com",
    "[::1]:8443, https://[::1]:8443",
  })
  void goes_without_the_proxy(String entry, URI to) {
    assertThat(through(entry, to)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, https://notexample.com",
    "example.com, https://example.com.org",
    "example.com, https://com",
    "0.0.1, https://10.0.0.1",
    "10.0.0.1, https://10.0.0.11",
    "10.0.0.1, https://x.10.0.0.1.example.com",
    "10.0.0.0/8, https://11.0.0.1",
    "10.0.0.0/8, https://ten.example.com",
    "192.168.1.128/25, https://192.168.1.100",
    "::1, https://[::2]",
    "::/0, https://127.0.0.1",
    "example.com:8443, https://example.com",
    "[::1]:8443, https://[::1]",
  })
  void goes_through_the_proxy(String entry, URI to) {
    assertThat(through(entry, to)).isTrue();
  }

  @Test
  void plain_http_never_goes_through_it() {
    Route route = new Route(Optional.of(proxy()), List.of());

    assertThat(route.proxyFor(URI.create("http://example.com"))).isEmpty();
    assertThat(route.proxyFor(URI.create("HTTPS://example.com"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a b",
        "http://example.com",
        "10.0.0.0/33",
        "::/129",
        "example.com/8",
        "a:70000",
        "[::1",
        "ex*mple.com",
        "1:2:3",
        "[:::1]"
      })
  void what_is_no_entry_is_refused(String text) {
    assertThat(DirectHost.parse(text)).isEmpty();
  }

  private static boolean through(String entry, URI to) {
    return new Route(Optional.of(proxy()), List.of(DirectHost.parse(entry).orElseThrow()))
        .proxyFor(to)
        .isPresent();
  }

  private static ForwardProxy proxy() {
    return ForwardProxy.open(URI.create("http://proxy.example.com:3128"));
  }
}
