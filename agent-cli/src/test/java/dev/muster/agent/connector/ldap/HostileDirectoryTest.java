package dev.muster.agent.connector.ldap;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.BindResponseProtocolOp;
import com.unboundid.ldap.protocol.ExtendedResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyResponseProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.protocol.SearchResultReferenceProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.ConnectorOutcome.Failed;
import dev.muster.agent.connector.Workbench;
import dev.muster.agent.fake.Awaiting;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class HostileDirectoryTest {
  private static final String SECRET = "s3cret-value";

  @TempDir private Path folder;
  private final CountDownLatch never = new CountDownLatch(1);
  private HostileDirectory directory;

  @AfterEach
  void stop() throws Exception {
    never.countDown();
    if (directory != null) {
      directory.close();
    }
  }

  @Test
  void entries_without_end_are_cut_at_the_limit() throws Exception {
    JsonNode result =
        bench(
                (request, out) -> {
                  while (true) {
                    HostileDirectory.write(out, request, entry("x"));
                  }
                })
            .completed(search());
    assertThat(result.path("count").intValue()).isEqualTo(1_000);
    assertThat(result.path("truncated_by").asString()).isEqualTo("entries");
  }

  @Test
  void referrals_without_end_are_cut_at_the_limit() throws Exception {
    JsonNode result =
        bench(
                (request, out) -> {
                  while (true) {
                    HostileDirectory.write(
                        out, request, new SearchResultReferenceProtocolOp(List.of("ldap://x/")));
                  }
                })
            .completed(search());
    assertThat(result.path("referrals").size()).isEqualTo(100);
    assertThat(result.path("truncated_by").asString()).isEqualTo("bytes");
  }

  @Test
  void pages_without_end_and_entries_end_with_the_time() throws Exception {
    Failed failed =
        bench(
                (request, out) -> {
                  var done = new SearchResultDoneProtocolOp(0, null, null, List.of());
                  var more = new SimplePagedResultsControl(1, new ASN1OctetString("more"));
                  out.write(new LDAPMessage(request.getMessageID(), done, more).encode().encode());
                })
            .failed(search());
    assertThat(failed.errorClass()).isEqualTo("run_timeout");
    assertThat(directory.requests()).hasSizeGreaterThan(2);
  }

  @Test
  void a_server_that_says_nothing_or_a_byte_at_a_time_ends_with_the_time() throws Exception {
    assertThat(bench((request, out) -> never.await()).failed(search()).errorClass())
        .isEqualTo("run_timeout");
    directory.close();
    assertThat(bench(this::drip).failed(search()).errorClass()).isEqualTo("run_timeout");
  }

  @Test
  void a_message_that_is_too_large_is_not_even_read() throws Exception {
    Failed failed =
        bench(
                (request, out) -> {
                  out.write(new byte[] {0x30, (byte) 0x84, 0x3f, 0, 0, 0});
                  never.await();
                })
            .failed(search());
    assertThat(failed.errorClass()).isEqualTo("response_too_large");
    assertThat(failed.retryable()).isFalse();
  }

  @Test
  void what_is_not_ldap_is_told_as_that() throws Exception {
    Failed failed =
        bench((request, out) ->
                out.write(("HTTP/1.1 400 Bad Request\r\n\r\n" + "x".repeat(200)).getBytes(UTF_8)))
            .failed(search());
    assertThat(failed.errorClass()).isEqualTo("ldap_protocol");
  }

  @Test
  void a_server_that_hangs_up_may_be_tried_again() throws Exception {
    Failed failed = bench((request, out) -> out.close()).failed(search());
    assertThat(failed.errorClass()).isEqualTo("ldap_unreachable");
    assertThat(failed.retryable()).isTrue();
  }

  @Test
  void a_secret_that_a_server_repeats_comes_back_redacted() throws Exception {
    String bind =
        search()
            .replace(
                "}",
                ", \"bind\": {\"dn\": \"cn=a,dc=x\", \"password\": \"vault://local/a/password\"}}");
    Failed failed =
        bench(
                (request, out) -> {
                  String said =
                      ((BindRequestProtocolOp) request.getProtocolOp())
                          .getSimplePassword()
                          .stringValue();
                  HostileDirectory.write(
                      out,
                      request,
                      new BindResponseProtocolOp(
                          49, null, "x".repeat(290) + said + "\r\nforged", List.of(), null));
                })
            .failed(bind);
    assertThat(failed.errorClass()).isEqualTo("ldap_invalid_credentials");
    assertThat(failed.message()).contains("LDAP result 49").doesNotContain("s3cr", "\n");
    assertThat(directory.requests()).hasSize(1);
  }

  @Test
  void what_a_server_calls_an_entry_comes_back_redacted_too() throws Exception {
    String bind =
        search()
            .replace(
                "}",
                ", \"bind\": {\"dn\": \"cn=a,dc=x\", \"password\": \"vault://local/a/password\"}}");
    JsonNode result =
        bench(
                (request, out) -> {
                  if (request.getProtocolOp() instanceof BindRequestProtocolOp) {
                    HostileDirectory.write(
                        out, request, new BindResponseProtocolOp(0, null, null, List.of(), null));
                  } else {
                    HostileDirectory.write(out, request, entry("\0" + SECRET));
                    HostileDirectory.write(
                        out, request, new SearchResultDoneProtocolOp(0, null, null, List.of()));
                  }
                })
            .completed(bind);
    assertThat(result.path("count").intValue()).isEqualTo(1);
    assertThat(result.toString())
        .contains("[redacted]")
        .doesNotContain("s3cret")
        .doesNotContain(Base64.getEncoder().encodeToString(("\0" + SECRET).getBytes(UTF_8)));
  }

  @Test
  void without_start_tls_no_password_is_sent() throws Exception {
    Workbench bench =
        bench(
            "ldap+starttls",
            (request, out) ->
                HostileDirectory.write(
                    out,
                    request,
                    new ExtendedResponseProtocolOp(2, null, "no", List.of(), null, null)));
    Failed failed =
        bench.failed(
            search()
                .replace("}", ", \"bind\": {\"dn\": \"cn=a,dc=x\", \"password\": \"pass-word\"}}"));
    assertThat(failed.errorClass()).isEqualTo("ldap_tls");
    assertThat(directory.requests())
        .noneMatch(each -> each.getProtocolOp() instanceof BindRequestProtocolOp);
  }

  @Test
  void a_cancelled_job_closes_its_connection() throws Exception {
    Workbench bench = bench((request, out) -> never.await());
    CompletableFuture<ConnectorOutcome> outcome =
        CompletableFuture.supplyAsync(() -> {
          try {
            return bench.run(search());
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    Awaiting.until("the request", () -> !directory.requests().isEmpty());
    bench.cancellation().cancel();
    assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(ConnectorOutcome.Cancelled.class);
  }

  @Test
  void an_interrupt_ends_a_job_at_once() throws Exception {
    Workbench bench = bench((request, out) -> never.await());
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread job =
        Thread.ofPlatform()
            .start(() -> {
              try {
                bench.run(search());
                thrown.complete(new AssertionError("not interrupted"));
              } catch (Throwable e) {
                thrown.complete(e);
              }
            });
    Awaiting.until("the request", () -> !directory.requests().isEmpty());
    job.interrupt();
    assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void a_password_for_active_directory_is_sent_as_it_wants_it() throws Exception {
    JsonNode result =
        bench((request, out) ->
                HostileDirectory.write(
                    out, request, new ModifyResponseProtocolOp(0, null, null, List.of())))
            .completed(
                """
                {"connector": "ldap", "server": "it", "operation": "modify", "dn": "cn=e,dc=x",
                 "changes": [{"type": "replace", "attribute": "unicodePwd",
                              "values": ["vault://local/a/password"]}]}
                """);
    assertThat(result.path("result_code").intValue()).isZero();
    ModifyRequestProtocolOp sent =
        (ModifyRequestProtocolOp) directory.requests().getFirst().getProtocolOp();
    assertThat(sent.getModifications().getFirst().getValueByteArrays()[0])
        .isEqualTo(("\"" + SECRET + "\"").getBytes(UTF_16LE));
  }

  private void drip(LDAPMessage request, OutputStream out) throws Exception {
    HostileDirectory.write(out, request, entry("x"));
    byte[] next =
        new LDAPMessage(request.getMessageID(), entry("y".repeat(1_000))).encode().encode();
    for (byte each : next) {
      out.write(each);
      out.flush();
      if (never.await(100, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  private static SearchResultEntryProtocolOp entry(String value) {
    return new SearchResultEntryProtocolOp(
        "cn=e,dc=x", List.of(new Attribute("cn", "e"), new Attribute("description", value)));
  }

  private Workbench bench(HostileDirectory.Behaviour behaviour) throws Exception {
    return bench("ldap", behaviour);
  }

  private Workbench bench(String scheme, HostileDirectory.Behaviour behaviour) throws Exception {
    directory = new HostileDirectory(behaviour);
    String url = scheme + "://127.0.0.1:" + directory.port();
    return new Workbench(
        folder,
        """
        ldap:
          time-limit-seconds: 2
          response-limit-bytes: 100000
          servers:
            it: {url: "%s", bases: ["dc=x"], bind-as: ["cn=a,dc=x"],
                 operations: [search, modify]}
        """
            .formatted(url),
        "{\"a/password\": {\"value\": \"%s\", \"for\": {\"hosts\": [\"%s\"]}}}"
            .formatted(SECRET, url));
  }

  private static String search() {
    return """
    {"connector": "ldap", "server": "it", "operation": "search", "base": "dc=x"}\
    """;
  }
}
