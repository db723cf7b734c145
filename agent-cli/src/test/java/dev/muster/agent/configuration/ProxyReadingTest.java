package dev.muster.agent.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.configuration.Problems.Problem;
import dev.muster.agent.network.DirectHost;
import dev.muster.agent.network.ForwardProxy;
import dev.muster.agent.network.Route;
import dev.muster.domain.credential.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyReadingTest {
  private final Problems problems = new Problems();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "http://proxy.example.com, http://proxy.example.com:3128",
    "HTTP://Proxy.Example.com:8080/, http://proxy.example.com:8080",
    "proxy.example.com:8080, http://proxy.example.com:8080",
    "http://[::1]:8080, http://[::1]:8080",
  })
  void a_proxys_address_is_read_as_curl_reads_it(String given, URI read) {
    assertThat(read(Map.of("HTTPS_PROXY", given)).proxy()).contains(ForwardProxy.open(read));
    assertThat(problems.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "me:word, me:word",
    "me:p%40ss%3Aw%2Ford%25, me:p@ss:w/ord%",
    "DOMAIN%5Cme:a+b, 'DOMAIN\\me:a+b'",
    "m%C3%BCller:gr%C3%BC%C3%9Fe, müller:grüße",
    "me, me:",
    "me:, me:",
  })
  void user_and_password_are_decoded_and_never_shown(String given, String pair) {
    Route route = read(Map.of("HTTPS_PROXY", "http://" + given + "@proxy.example.com:8080"));

    ForwardProxy proxy = route.proxy().orElseThrow();
    String encoded =
        Base64.getEncoder().encodeToString(pair.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(proxy.authorization().map(Secret::reveal)).contains("Basic " + encoded);
    assertThat(route.toString()).contains("http://proxy.example.com:8080").doesNotContain(encoded);
    assertThat(problems.list()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://me:hush@proxy.example.com",
        "socks5://me:hush@proxy.example.com",
        "http://me:hush@proxy.example.com/path",
        "http://me:hush@proxy.example.com?x",
        "http://me:hu@sh@proxy.example.com",
        "http://me:hush%zz@proxy.example.com",
        "http://me:hush%0d%0a@proxy.example.com",
        "http://me:hush%ff@proxy.example.com",
        "http://:hush@proxy.example.com",
        "http://m%3Ae:hush@proxy.example.com",
        "http://me:hush@",
      })
  void what_is_no_proxy_is_refused_without_showing_it(String given) {
    read(Map.of("HTTPS_PROXY", given));

    assertThat(problems.list()).extracting(Problem::path).containsExactly("HTTPS_PROXY");
    assertThat(problems.list().toString()).doesNotContain("hush").doesNotContain("hu@sh");
  }

  @Test
  void a_password_on_the_command_line_is_refused() {
    ConfigurationReading.read(
        new Sources(
            Map.of(Setting.HTTPS_PROXY, "http://me:hush@proxy.example.com"),
            Map.of("AGENT_NAME", "a1"),
            ConfigurationFile.empty()),
        problems);

    assertThat(problems.list()).extracting(Problem::path).containsExactly("--https-proxy");
    assertThat(problems.list().toString()).doesNotContain("hush");
  }

  @Test
  void a_file_with_a_password_is_not_for_everyone_to_read() throws Exception {
    String secret = "https-proxy: http://me:hush@proxy.example.com\n";
    Path file = Files.writeString(folder.resolve("agent.yaml"), secret);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    ConfigurationFile.read(file, problems);
    assertThat(problems.list()).singleElement().asString().contains("chmod o-r");
    assertThat(problems.list().toString()).doesNotContain("hush");

    Problems none = new Problems();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    ConfigurationFile.read(file, none);
    assertThat(none.isEmpty()).isTrue();
  }

  @Test
  void the_variables_may_be_in_lower_case_too() {
    Route route =
        read(Map.of("https_proxy", "http://proxy.example.com", "no_proxy", "a.example, b.example"));

    assertThat(route.proxy()).isPresent();
    assertThat(route.direct())
        .extracting(DirectHost::host)
        .containsExactly("a.example", "b.example");
    assertThat(read(Map.of("HTTPS_PROXY", "one", "https_proxy", "two")).proxy())
        .contains(ForwardProxy.open(URI.create("http://one:3128")));
  }

  @Test
  void no_proxy_is_separated_by_commas_or_spaces_and_what_is_no_host_is_refused() {
    assertThat(read(Map.of("NO_PROXY", " a.example,,b.example c.example ")).direct()).hasSize(3);
    assertThat(problems.list()).isEmpty();

    read(Map.of("NO_PROXY", "http://a.example"));
    assertThat(problems.list()).extracting(Problem::path).containsExactly("no-proxy");
  }

  private Route read(Map<String, String> environment) {
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.put("AGENT_NAME", "a1");
    Sources sources = new Sources(Map.of(), all, ConfigurationFile.empty());
    return ConfigurationReading.read(sources, problems).server().route();
  }
}
