package dev.muster.agent.connector.ldap;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.SSLSocketVerifier;
import java.io.IOException;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One connection to a directory, for one request. Blocks; closing its sockets ends it. */
final class LdapSession implements AutoCloseable {
  private static final int CONNECT_MILLIS = 10_000;

  private final LdapServer server;
  private final LdapLimits limits;
  private final SSLContext tls;
  private final TrackedSockets sockets;
  private final LDAPConnection connection;

  LdapSession(LdapServer server, LdapLimits limits, SSLContext tls) {
    this.server = server;
    this.limits = limits;
    this.tls = tls;
    boolean fromTheStart = server.url().scheme().equals(LdapServer.TLS);
    this.sockets =
        new TrackedSockets(fromTheStart ? new NamedTls(tls) : SocketFactory.getDefault());
    this.connection = new LDAPConnection(sockets, options(limits));
  }

  private static LDAPConnectionOptions options(LdapLimits limits) {
    LDAPConnectionOptions options = new LDAPConnectionOptions();
    // On the caller's thread: what a server sends without end then waits in the network.
    options.setUseSynchronousMode(true);
    options.setFollowReferrals(false);
    options.setUseSchema(false);
    options.setBindWithDNRequiresPassword(true);
    options.setMaxMessageSize(limits.bytes());
    options.setConnectTimeoutMillis((int) Math.min(CONNECT_MILLIS, limits.time().toMillis()));
    options.setResponseTimeoutMillis(limits.time().toMillis());
    options.setAllowConcurrentSocketFactoryUse(true);
    options.setSSLSocketVerifier(new Handshake());
    return options;
  }

  /** Connects, presents the job, and does what it asks. */
  ObjectNode answer(LdapRequest request, Optional<BindCredentials> credentials)
      throws LDAPException {
    connection.connect(server.url().host(), server.url().port());
    if (server.url().scheme().equals(LdapServer.START_TLS)) {
      startTls();
    }
    if (credentials.isPresent()) {
      connection.bind(
          new SimpleBindRequest(
              credentials.get().name().toString(), credentials.get().password().bytes()));
    }
    return switch (request) {
      case LdapRequest.Search search -> new LdapSearch(connection, server, limits).run(search);
      case LdapRequest.Add add ->
          done(connection.add(new AddRequest(add.entry(), add.attributes())).getResultCode());
      case LdapRequest.Modify modify ->
          done(
              connection
                  .modify(new ModifyRequest(modify.entry(), modify.changes()))
                  .getResultCode());
      case LdapRequest.Delete delete ->
          done(connection.delete(new DeleteRequest(delete.entry())).getResultCode());
      case LdapRequest.Bind _ -> done(ResultCode.SUCCESS);
    };
  }

  private void startTls() throws LDAPException {
    try {
      ExtendedResult result =
          connection.processExtendedOperation(new StartTLSExtendedRequest(new NamedTls(tls)));
      if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
        throw new LDAPException(result);
      }
    } catch (LDAPException refused) {
      if (refused.getResultCode().isClientSideResultCode()) {
        throw refused;
      }
      throw new LDAPException(
          ResultCode.CONNECT_ERROR, "StartTLS was refused", new SSLException("no StartTLS"));
    }
  }

  private static ObjectNode done(ResultCode code) {
    return JsonNodeFactory.instance.objectNode().put("result_code", code.intValue());
  }

  @Override
  public void close() {
    sockets.close();
  }

  /** Has the certificate looked at before anything is sent, so that the fault is told as one. */
  private static final class Handshake extends SSLSocketVerifier {
    @Override
    public void verifySSLSocket(String host, int port, SSLSocket socket) throws LDAPException {
      try {
        socket.startHandshake();
      } catch (IOException e) {
        throw new LDAPException(ResultCode.CONNECT_ERROR, "no trusted connection", e);
      }
    }
  }
}
