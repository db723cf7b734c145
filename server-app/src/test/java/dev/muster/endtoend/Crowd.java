package dev.muster.endtoend;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Many requests at once to three servers, of which the last is killed among them and started again.
 *
 * @param answers those that came
 * @param brokenOff how many got none: they count for nothing, and what the database says counts
 */
record Crowd(List<ApiClient.Answer> answers, int brokenOff) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Sends half of them, kills the server at the first answer that is a cue, sends a quarter while
   * it is away and the rest when it is back.
   */
  static Crowd aroundRestart(
      Cluster cluster,
      int size,
      IntFunction<CompletableFuture<ApiClient.Answer>> request,
      Predicate<ApiClient.Answer> cue)
      throws Exception {
    List<CompletableFuture<ApiClient.Answer>> sent = new ArrayList<>();
    CountDownLatch cued = new CountDownLatch(1);
    send(0, size / 2, request, sent);
    for (CompletableFuture<ApiClient.Answer> each : sent) {
      each.thenAccept(answer -> {
        if (cue.test(answer)) {
          cued.countDown();
        }
      });
    }
    if (!cued.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("no answer was the one that was waited for");
    }
    ServerProcess third = cluster.server(2);
    third.program().kill();
    send(size / 2, size * 3 / 4, request, sent);
    third.restart();
    send(size * 3 / 4, size, request, sent);
    return collected(sent);
  }

  private static void send(
      int from,
      int to,
      IntFunction<CompletableFuture<ApiClient.Answer>> request,
      List<CompletableFuture<ApiClient.Answer>> sent) {
    for (int i = from; i < to; i++) {
      sent.add(request.apply(i));
    }
  }

  private static Crowd collected(List<CompletableFuture<ApiClient.Answer>> sent) throws Exception {
    List<ApiClient.Answer> answers = new ArrayList<>();
    int brokenOff = 0;
    for (CompletableFuture<ApiClient.Answer> each : sent) {
      try {
        answers.add(each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      } catch (ExecutionException failure) {
        if (!(failure.getCause() instanceof IOException)) {
          throw failure;
        }
        brokenOff++;
      }
    }
    return new Crowd(answers, brokenOff);
  }
}
