package dev.muster.agent.connector.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import dev.muster.agent.connector.Assignment;
import dev.muster.agent.connector.Cancellation;
import dev.muster.agent.connector.Connector;
import dev.muster.agent.connector.ConnectorOutcome;
import dev.muster.agent.connector.ConnectorOutcome.Cancelled;
import dev.muster.agent.connector.ConnectorOutcome.Completed;
import dev.muster.agent.connector.ConnectorOutcome.Failed;
import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.RefusedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and changes the directories that the configuration lists. */
final class LdapConnector implements Connector {
  private static final Duration END = Duration.ofSeconds(5);

  private final LdapLimits limits;
  private final SSLContext tls;
  private final InstantSource clock;

  LdapConnector(LdapLimits limits, SSLContext tls, InstantSource clock) {
    this.limits = limits;
    this.tls = tls;
    this.clock = clock;
  }

  @Override
  public String name() {
    return LdapConnectorProvider.NAME;
  }

  @Override
  public ConnectorOutcome run(Assignment assignment, JobContext context)
      throws InterruptedException {
    ObjectNode payload = assignment.payload();
    try {
      LdapOperation operation =
          LdapOperation.named(payload.path("operation").asString(""))
              .orElseThrow(() ->
                  RefusedException.invalidPayload(
                      "operation must be search, add, modify, delete or bind"));
      LdapServer server = limits.server(payload.path("server").asString(""), operation);
      LdapRequest request = new LdapRequestReader(payload, server, limits, context).read(operation);
      Optional<BindCredentials> credentials =
          BindCredentials.of(payload.path("bind"), server, context);
      if (context.cancellation().isCancelled()) {
        return new Cancelled(true, "nothing was sent");
      }
      return ask(operation, server, request, credentials, context);
    } catch (RefusedException e) {
      return e.outcome();
    }
  }

  private ConnectorOutcome ask(
      LdapOperation operation,
      LdapServer server,
      LdapRequest request,
      Optional<BindCredentials> credentials,
      JobContext context)
      throws InterruptedException {
    context.log(operation.wireName() + " in " + server.name() + ", " + server.url());
    long started = System.nanoTime();
    try (LdapSession session = new LdapSession(server, limits, tls)) {
      ObjectNode answer = await(session, request, credentials, context);
      Duration duration = Duration.ofNanos(System.nanoTime() - started);
      context.log("answered in " + duration.toMillis() + " ms");
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      result.put("operation", operation.wireName());
      result.put("server", server.name());
      result.setAll(answer);
      result.put("duration_ms", duration.toMillis());
      return new Completed(result);
    } catch (CancellationException e) {
      return new Cancelled(true, "the connection was closed; a change may have taken effect");
    } catch (TimeoutException e) {
      return new Failed("run_timeout", "no whole answer before the time was up", true);
    } catch (LDAPException e) {
      return LdapFailure.of(e, server, limits, context);
    }
  }

  /** Asks on a thread of its own, so that waiting can end where reading from a server does not. */
  private ObjectNode await(
      LdapSession session,
      LdapRequest request,
      Optional<BindCredentials> credentials,
      JobContext context)
      throws InterruptedException, TimeoutException, LDAPException {
    CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
    Thread asking =
        Thread.ofVirtual()
            .name("ldap")
            .start(() -> {
              try {
                answer.complete(session.answer(request, credentials));
              } catch (LDAPException | RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    try (Cancellation.Registration hook =
        context.cancellation().onCancel(() -> answer.cancel(false))) {
      return answer.get(Math.max(1, left(context).toMillis()), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LDAPException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      session.close();
      if (!Thread.currentThread().isInterrupted()) {
        asking.join(END);
      }
    }
  }

  private Duration left(JobContext context) {
    Duration job = Duration.between(clock.instant(), context.deadline());
    return job.compareTo(limits.time()) < 0 ? job : limits.time();
  }
}
