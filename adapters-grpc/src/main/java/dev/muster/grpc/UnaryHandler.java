package dev.muster.grpc;

import dev.muster.grpc.AgentMethods.Unary;
import dev.muster.ports.in.access.Caller;
import dev.muster.protocol.agent.v1.Call;
import dev.muster.protocol.agent.v1.Document;
import dev.muster.wire.problem.ProblemCode;
import dev.muster.wire.problem.Refusals;
import dev.muster.wire.problem.Rejection;
import io.grpc.ServerCall;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls of one method. The message is let in once the credential was looked at, and read
 * once its signature was. Each call runs on a thread of its own.
 *
 * @param patience how long a message may take to come
 */
record UnaryHandler(Unary method, Desk desk, Duration patience) implements Door.Room {
  @Override
  public ServerCall.Listener<byte[]> entered(OpenCall open, Visitor visitor, Caller caller) {
    if (isLarge() && !desk.large().tryAcquire()) {
      throw new Rejection(Refusals.unavailable("Too much is being said at this moment."));
    }
    return new Hearing(open, visitor, caller);
  }

  private boolean isLarge() {
    return method.most() > AgentMethods.USUAL_BYTES;
  }

  private final class Hearing extends ServerCall.Listener<byte[]> {
    private final OpenCall open;
    private final Visitor visitor;
    private final Caller caller;
    private final Deadlines.Pending late;
    private final AtomicBoolean ended = new AtomicBoolean();
    private byte @Nullable [] message;

    Hearing(OpenCall open, Visitor visitor, Caller caller) {
      this.open = open;
      this.visitor = visitor;
      this.caller = caller;
      this.late = desk.deadlines().in(patience, () -> open.refuse(Refusals.ofStatus(408)));
      // One more than there may be, or whoever sends it would hold up the whole connection.
      open.take(2);
    }

    @Override
    public void onMessage(byte[] bytes) {
      if (message == null) {
        message = bytes;
      } else {
        open.refuse(Refusals.ofStatus(400));
      }
    }

    @Override
    public void onHalfClose() {
      late.callOff();
      if (open.isOver()) {
        // What was refused before its end is not done either.
        return;
      }
      try {
        var answer = answer(message);
        open.send(answer);
        open.end();
      } catch (RuntimeException | Error failure) {
        open.refuse(Refusals.of(failure, method.name(), visitor.requestId()));
      }
    }

    @Override
    public void onCancel() {
      late.callOff();
      open.gone();
      makeRoom();
    }

    @Override
    public void onComplete() {
      makeRoom();
    }

    private void makeRoom() {
      if (isLarge() && ended.compareAndSet(false, true)) {
        desk.large().release();
      }
    }

    private byte[] answer(byte @Nullable [] bytes) {
      if (bytes == null) {
        throw Rejection.of(ProblemCode.MALFORMED_REQUEST, "There is no message.");
      }
      Messages.requireAtMost(method.most() + AgentMethods.ENVELOPE_BYTES, bytes.length);
      var checked =
          desk.doorman()
              .checkSignature(
                  method.needed(),
                  visitor.knock(),
                  caller,
                  Signatures.ofCall(visitor.headers(), method.name(), bytes));
      var said = Messages.read(Call.parser(), bytes);
      Messages.requireAtMost(method.most(), said.getDocument().size());
      var document = Messages.document(said.getDocument());
      return Document.newBuilder()
          .setJson(
              desk.json(
                  method.needed(),
                  checked,
                  c -> method.handler().answer(c, said.getJobId(), document)))
          .build()
          .toByteArray();
    }
  }
}
