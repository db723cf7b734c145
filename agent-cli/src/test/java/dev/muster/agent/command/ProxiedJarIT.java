package dev.muster.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import dev.muster.agent.PrivateAuthority;
import dev.muster.agent.fake.Answer;
import dev.muster.agent.fake.FakeProxy;
import dev.muster.agent.fake.FakeServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java lets Basic into tunnels only if it is told so before the first client is made. */
class ProxiedJarIT {
  @TempDir private Path folder;

  @Test
  void the_shipped_jar_says_to_a_proxy_who_it_is() throws Exception {
    PrivateAuthority authority = new PrivateAuthority(folder);
    try (FakeServer server = new FakeServer(new HttpsConfigurator(authority.server()));
        FakeProxy proxy = new FakeProxy("agent:hush")) {
      server.always(
          "readyz", new Answer.Sent(200, "application/json", "{\"status\": \"ready\"}", Map.of()));
      Program program =
          new Program(folder)
              .with("BACKEND_URL", server.urlOf("https", "muster.test").toString())
              .with("MUSTER_CA_FILE", authority.certificate().toString())
              .with("AGENT_TOKEN", "agent_" + "0".repeat(64))
              .with("HTTPS_PROXY", proxy.urlWith("agent:hush"));

      try (Program.Running check =
          program.start("-jar", System.getProperty("muster.agent.jar"), "check")) {
        assertThat(check.process().waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(check.process().exitValue()).as(check.log()).isZero();
        assertThat(check.log()).containsPattern("credential +ok").doesNotContain("hush");
      }
      assertThat(proxy.heads()).isNotEmpty();
    }
  }
}
