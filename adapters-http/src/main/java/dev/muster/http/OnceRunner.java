package dev.muster.http;

import dev.muster.http.route.Answer;
import dev.muster.http.route.Fingerprint;
import dev.muster.http.route.Handler;
import dev.muster.http.route.IdempotencyKey;
import dev.muster.http.route.Request;
import dev.muster.http.route.Route;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.IdempotentRequests;
import dev.muster.wire.json.Json;
import dev.muster.wire.problem.Outcomes;
import dev.muster.wire.problem.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs what creates something, once for each idempotency key. Thread-safe. */
final class OnceRunner {
  private final IdempotentRequests requests;

  OnceRunner(IdempotentRequests requests) {
    this.requests = requests;
  }

  /** The answer of the handler, or the one that it gave the first time. */
  Answer answer(Route route, Handler handler, Request request, Caller caller) {
    var key = IdempotencyKey.from(request.headers());
    if (key == null) {
      return handler.handle(request, caller);
    }
    var body = request.body().jsonOrEmpty();
    var fingerprint = Fingerprint.of(route.method(), request.target(), body);
    var attempt = new Attempt(() -> json(handler.handle(request, caller), route));
    var answer = Outcomes.valueOf(requests.once(caller, key, fingerprint, attempt));
    return attempt.orRepeated(answer, () -> repeated(answer, handler, caller));
  }

  /** The work, which the port may have to begin again, and how it went the last time. */
  private static final class Attempt implements Supplier<IdempotentRequests.Answer> {
    private final Supplier<Answer.Json> work;
    private Answer.@Nullable Json made;
    private @Nullable Rejection rejection;

    Attempt(Supplier<Answer.Json> work) {
      this.work = work;
    }

    @Override
    public IdempotentRequests.Answer get() {
      made = null;
      rejection = null;
      try {
        var answer = work.get();
        made = answer;
        return recorded(answer);
      } catch (Rejection e) {
        rejection = e;
        return undone(e);
      }
    }

    Answer orRepeated(IdempotentRequests.Answer answer, Supplier<Answer> repetition) {
      if (rejection != null) {
        throw rejection;
      }
      return made != null && !answer.replayed() ? made : repetition.get();
    }
  }

  private static Answer.Json json(Answer answer, Route route) {
    if (answer instanceof Answer.Json json) {
      return json;
    }
    throw new IllegalStateException(route + " creates something and must answer JSON");
  }

  /** Tells the port to undo and to forget; the caller gets the problem itself. */
  private static IdempotentRequests.Answer undone(Rejection rejection) {
    int status = rejection.problem().code().status();
    return new IdempotentRequests.Answer(status, null, "", "", false);
  }

  private static Answer repeated(IdempotentRequests.Answer answer, Handler handler, Caller caller) {
    var headers =
        answer.location() == null
            ? Map.<String, String>of()
            : Map.of("Location", answer.location());
    var body = handler.repeated(answer.body(), answer.location(), caller);
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Answer.Content(answer.status(), headers, "application/json", bytes);
  }

  private static IdempotentRequests.Answer recorded(Answer.Json answer) {
    var body = Json.write(answer.body());
    var replay = answer.replay() == null ? body : Json.write(answer.replay());
    return new IdempotentRequests.Answer(
        answer.status(), answer.headers().get("Location"), body, replay, false);
  }
}
