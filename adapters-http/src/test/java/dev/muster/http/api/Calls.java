package dev.muster.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What reached the fakes of the ports, and whether they refuse. Thread-safe. */
final class Calls {
  private final List<List<?>> calls = new CopyOnWriteArrayList<>();
  private volatile Refusal.@Nullable Code refusal;

  /** A fake was called: remembers it and answers as it is told to. */
  <T> Outcome<T> outcome(T value, Object... arguments) {
    note(arguments);
    var code = refusal;
    return code == null ? Outcome.done(value) : Outcome.refused(code, "as told by the test");
  }

  <T> Page<T> page(T value, Object... arguments) {
    note(arguments);
    return new Page<>(List.of(value), new Cursor(Samples.AT, Samples.ID));
  }

  <T> T note(T value, Object... arguments) {
    note(arguments);
    return value;
  }

  void refuse(Refusal.Code code) {
    refusal = code;
  }

  /** The arguments of the last call, without the caller. */
  List<?> last() {
    assertThat(calls).isNotEmpty();
    return calls.getLast();
  }

  int count() {
    return calls.size();
  }

  /** Waits until so many calls have come. */
  synchronized void awaitCount(int count) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    for (long left = 1; left > 0 && calls.size() < count; ) {
      left = (until - System.nanoTime()) / 1_000_000;
      wait(Math.max(1, left));
    }
    assertThat(calls).hasSizeGreaterThanOrEqualTo(count);
  }

  private synchronized void note(Object... arguments) {
    calls.add(List.of(arguments));
    notifyAll();
  }
}
