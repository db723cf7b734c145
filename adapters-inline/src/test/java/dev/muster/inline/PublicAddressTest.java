package dev.muster.inline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class PublicAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.1.2.3",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "2002:a00:1::",
        "2001:0:a00:1::"
      })
  void an_address_that_is_not_of_the_internet_is_told(String literal) {
    assertThat(PublicAddress.is(InetAddress.ofLiteral(literal))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "193.0.0.1", "2606:4700::1111", "2a00::1"})
  void an_address_of_the_internet_is_told(String literal) {
    assertThat(PublicAddress.is(InetAddress.ofLiteral(literal))).isTrue();
  }

  @Test
  void a_name_that_leads_into_the_servers_own_network_is_refused_unless_that_is_listed() {
    AllowedServer name = AllowedServer.parse("http://localhost:1");
    var call = JsonNodeFactory.instance.objectNode().put("url", "http://localhost:1/");

    assertThatThrownBy(() -> HttpCall.of(call, List.of(name)).send(inAMinute()))
        .isInstanceOf(CallRefusedException.class)
        .hasMessageContaining("not of the internet");
    assertThatThrownBy(() ->
            HttpCall.of(
                    call,
                    List.of(
                        name,
                        AllowedServer.parse("http://127.0.0.1:1"),
                        AllowedServer.parse("http://[::1]:1")))
                .send(inAMinute()))
        .as("nobody listens there")
        .hasMessageContaining("ConnectException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a.example/", "http://user@a.example/", "http://a.example:81/", "https://a.example/",
        "http://b.example/", "http:///x", "a.example", "http://a.example\r\n/"
      })
  void an_address_that_is_not_exactly_what_is_listed_is_refused(String url) {
    var call = JsonNodeFactory.instance.objectNode().put("url", url);

    assertThatThrownBy(() -> HttpCall.of(call, List.of(AllowedServer.parse("http://a.example"))))
        .isInstanceOf(CallRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "a b", "x\r\ny"})
  void a_header_that_would_change_the_message_cannot_be_set(String name) {
    var call = JsonNodeFactory.instance.objectNode().put("url", "http://a.example/");
    call.putObject("headers").put(name, "1");

    assertThatThrownBy(() -> HttpCall.of(call, List.of(AllowedServer.parse("http://a.example"))))
        .isInstanceOf(CallRefusedException.class)
        .hasMessageContaining("cannot be set");
  }

  private static long inAMinute() {
    return System.nanoTime() + 60_000_000_000L;
  }
}
