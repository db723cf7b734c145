package dev.muster.grpc;

import com.google.protobuf.ByteString;
import dev.muster.ports.in.access.Caller;
import dev.muster.protocol.agent.v1.Ask;
import dev.muster.protocol.agent.v1.Granted;
import dev.muster.wire.problem.Refusals;
import io.grpc.ServerCall;
import org.jspecify.annotations.Nullable;

/**
 * A stream on which one agent asks for work. Each question is a request of its own: it is admitted,
 * counted, signed and answered as one, whatever came before it on the stream; the first is what the
 * stream was opened for. One question waits at a time, on a thread of its own; the next ends it.
 */
final class WorkStream extends ServerCall.Listener<byte[]> {
  private final WorkHandler handler;
  private final OpenCall open;
  private final Visitor visitor;
  private @Nullable Caller admitted;
  private @Nullable Question current;
  private boolean asksNoMore;
  private boolean mayAskNext;
  private boolean isOver;
  private Deadlines.Pending quiet = Deadlines.Pending.NONE;

  WorkStream(WorkHandler handler, OpenCall open, Visitor visitor, Caller admitted) {
    this.handler = handler;
    this.open = open;
    this.visitor = visitor;
    this.admitted = admitted;
  }

  synchronized void begin() {
    if (handler.isStopping()) {
      endIfQuiet();
    } else {
      awaitQuestion();
      open.take(1);
    }
  }

  @Override
  public void onMessage(byte[] message) {
    Question question = new Question(message);
    try {
      if (begins(question)) {
        question.start();
        owe();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      refuse(stopped);
    }
  }

  @Override
  public void onReady() {
    takeNext();
  }

  private void owe() {
    synchronized (this) {
      mayAskNext = true;
    }
    takeNext();
  }

  /** Nobody is heard again who does not read what they were answered. */
  private synchronized void takeNext() {
    if (mayAskNext && open.isReady()) {
      mayAskNext = false;
      open.take(1);
    }
  }

  /** The agent asks nothing more; what it has asked is still answered. */
  @Override
  public synchronized void onHalfClose() {
    asksNoMore = true;
    endIfQuiet();
  }

  @Override
  public void onCancel() {
    open.gone();
    over();
  }

  /** Ends the stream unless it has a question to answer. */
  synchronized void endIfQuiet() {
    if (current == null) {
      open.end();
      over();
    }
  }

  /** In the place of the one before; false where the stream has just ended. */
  private boolean begins(Question question) throws InterruptedException {
    Question before;
    synchronized (this) {
      if (isOver) {
        return false;
      }
      quiet.callOff();
      before = current;
      current = question;
    }
    if (before != null) {
      before.giveUp();
    }
    return true;
  }

  private synchronized void answered(Question question) {
    if (current != question) {
      return;
    }
    current = null;
    if (handler.isStopping() || asksNoMore) {
      open.end();
      over();
    } else {
      awaitQuestion();
    }
  }

  private synchronized void awaitQuestion() {
    quiet =
        handler
            .desk()
            .deadlines()
            .in(
                handler.patience(),
                () -> {
                  open.refuse(Refusals.ofStatus(408));
                  over();
                });
  }

  private void refuse(Throwable failure) {
    open.refuse(Refusals.of(failure, WorkHandler.NAME, visitor.requestId()));
    over();
  }

  private synchronized void over() {
    isOver = true;
    quiet.callOff();
    handler.ended(this);
    if (current != null) {
      current.wait.end();
    }
  }

  private synchronized @Nullable Caller takeAdmitted() {
    var caller = admitted;
    admitted = null;
    return caller;
  }

  /** One question for work. */
  private final class Question {
    private final byte[] message;
    private final EndableWait wait = new EndableWait(handler.ports().dispatch());
    private final Thread thread = Thread.ofVirtual().name("grpc-work").unstarted(this::run);

    Question(byte[] message) {
      this.message = message;
    }

    void start() {
      thread.start();
    }

    /** Ends its wait and stays until its thread has gone, so that there is one at a time. */
    void giveUp() throws InterruptedException {
      wait.end();
      thread.join();
    }

    private void run() {
      try {
        var granted = answer();
        if (!wait.isEnded()) {
          open.send(granted);
          answered(this);
        }
      } catch (RuntimeException | Error failure) {
        if (!wait.isEnded()) {
          refuse(failure);
        }
      } finally {
        // Whoever ended the wait has left that behind; the thread ends here, and needs it no more.
        Thread.interrupted();
      }
    }

    private byte[] answer() {
      Messages.requireAtMost(
          AgentMethods.USUAL_BYTES + AgentMethods.ENVELOPE_BYTES, message.length);
      var desk = handler.desk();
      var ask = Messages.read(Ask.parser(), message);
      Messages.requireAtMost(AgentMethods.USUAL_BYTES, ask.getClaim().size());
      var before = takeAdmitted();
      var caller =
          before != null ? before : desk.doorman().admit(AgentMethods.CLAIM, visitor.knock());
      var checked =
          desk.doorman()
              .checkSignature(
                  AgentMethods.CLAIM,
                  visitor.knock(),
                  caller,
                  Signatures.ofQuestion(ask, WorkHandler.NAME));
      ByteString claimed =
          desk.json(
              AgentMethods.CLAIM,
              checked,
              c -> handler.ports().calls(wait).claim(c, Messages.document(ask.getClaim())));
      return Granted.newBuilder()
          .setNumber(ask.getNumber())
          .setClaimed(claimed)
          .build()
          .toByteArray();
    }
  }
}
