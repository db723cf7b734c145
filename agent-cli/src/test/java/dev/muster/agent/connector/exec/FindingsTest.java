package dev.muster.agent.connector.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.agent.connector.Workbench;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FindingsTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void makeTools() throws Exception {
    bench =
        new Workbench(
            folder,
            """
            exec:
              tools:
                nmap:
                  command: [/usr/bin/nmap, -n, -Pn, -sT, -oX, "-", -p, "{ports}", "{target}"]
                  parameters: {target: "127\\\\.0\\\\.0\\\\.1", ports: "[0-9,-]{1,40}"}
                  environment: {PATH: /usr/bin:/bin}
                  result: {format: xml}
                lines:
                  command: [/usr/bin/printf, "%s", "{text}"]
                  parameters: {text: "(?s).*"}
                  result: {format: json-lines, from: stdout}
                file:
                  command: [/bin/cp, "{source}", "{result-file}"]
                  parameters: {source: "/[a-z./]+"}
                  result: {format: text, from: file}
                link:
                  command: [/bin/ln, -s, /etc/hostname, "{result-file}"]
                  result: {format: text, from: file}
            """,
            "{}");
  }

  @Test
  void a_scan_of_a_real_port_tells_that_it_is_open() throws Exception {
    boolean installed = Files.isExecutable(Path.of("/usr/bin/nmap"));
    assertThat(installed || System.getenv("CI") == null).as("nmap is installed").isTrue();
    assumeTrue(installed, "skipped: nmap is not installed");
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      JsonNode result =
          bench.completed(
              "{\"tool\": \"nmap\", \"target\": \"127.0.0.1\", \"ports\": \"%d\"}"
                  .formatted(listener.getLocalPort()));
      JsonNode port = result.at("/findings/nmaprun/host/0/ports/0/port/0");
      assertThat(port.path("portid").asString()).isEqualTo("" + listener.getLocalPort());
      assertThat(port.at("/state/0/state").asString()).isEqualTo("open");
      assertThat(result.has("stdout")).isFalse();
    }
  }

  @Test
  void json_lines_become_a_list() throws Exception {
    assertThat(
            bench
                .completed("{\"tool\": \"lines\", \"text\": \"{\\\"a\\\": 1}\\n\\n[2]\\n\"}")
                .path("findings")
                .toString())
        .isEqualTo("[{\"a\":1},[2]]");
    assertThat(bench.failed("{\"tool\": \"lines\", \"text\": \"{\"}").errorClass())
        .isEqualTo("tool_result_unreadable");
  }

  @Test
  void a_result_file_is_read_and_a_link_in_its_place_is_not_followed() throws Exception {
    assertThat(
            bench
                .completed("{\"tool\": \"file\", \"source\": \"/etc/hostname\"}")
                .path("findings")
                .asString())
        .isEqualTo(Files.readString(Path.of("/etc/hostname")));
    assertThat(bench.failed("{\"tool\": \"link\"}").errorClass())
        .isEqualTo("tool_result_unreadable");
  }
}
