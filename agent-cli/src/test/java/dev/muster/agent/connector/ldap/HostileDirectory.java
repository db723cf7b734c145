package dev.muster.agent.connector.ldap;

import com.unboundid.asn1.ASN1StreamReader;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ProtocolOp;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers each request as the test says, as long as somebody listens. */
final class HostileDirectory implements AutoCloseable {
  private final ServerSocket listening;
  private final Behaviour behaviour;
  private final List<LDAPMessage> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** What it does with one request. */
  interface Behaviour {
    void answer(LDAPMessage request, OutputStream out) throws Exception;
  }

  HostileDirectory(Behaviour behaviour) throws IOException {
    this.listening = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    this.behaviour = behaviour;
    Thread.ofVirtual().start(this::accept);
  }

  static void write(OutputStream out, LDAPMessage request, ProtocolOp answer) throws IOException {
    out.write(new LDAPMessage(request.getMessageID(), answer).encode().encode());
  }

  int port() {
    return listening.getLocalPort();
  }

  List<LDAPMessage> requests() {
    return requests;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket;
        ASN1StreamReader in = new ASN1StreamReader(socket.getInputStream())) {
      for (LDAPMessage next = LDAPMessage.readFrom(in, true);
          next != null;
          next = LDAPMessage.readFrom(in, true)) {
        requests.add(next);
        behaviour.answer(next, socket.getOutputStream());
      }
    } catch (Exception gone) {
      // The agent has had enough.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
