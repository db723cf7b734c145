package dev.muster.tracing.otlp;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Where ended spans wait to be sent. Whoever ends one never waits: where there is no room it is
 * lost. Thread-safe.
 */
final class SpanQueue implements SpanProcessor {
  /** The most spans that wait. */
  static final int ROOM = 2_048;

  /** The most spans in one message. */
  private static final int BATCH = 512;

  /** So that many go together. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  /** A collector that is being restarted is back by then, or its spans are not worth more. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));

  /** How much longer the end of the program may take for its last spans. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final BlockingQueue<SpanData> waiting = new ArrayBlockingQueue<>(ROOM);
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Exporter exporter;
  private final Losses losses;
  private final Thread sending;

  private SpanQueue(Exporter exporter) {
    this.exporter = exporter;
    this.losses = new Losses(System::nanoTime);
    this.sending = Thread.ofVirtual().name("spans").unstarted(this::run);
  }

  static SpanQueue start(Exporter exporter) {
    SpanQueue queue = new SpanQueue(exporter);
    queue.sending.start();
    return queue;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (span.getSpanContext().isSampled() && !waiting.offer(span.toSpanData())) {
      losses.add(1, "more than the collector takes");
    }
  }

  private void run() {
    try {
      while (!isStopping(LINGER)) {
        losses.tell();
        sendAll();
      }
      for (List<SpanData> last = batch(); !last.isEmpty(); last = batch()) {
        if (!isTaken(last)) {
          return;
        }
      }
    } catch (InterruptedException hurried) {
      // What is left is lost with the program.
    }
  }

  private boolean isStopping(Duration within) throws InterruptedException {
    return stop.await(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sendAll() throws InterruptedException {
    do {
      List<SpanData> batch = batch();
      if (!batch.isEmpty()) {
        send(batch);
      }
    } while (waiting.size() >= BATCH);
  }

  private List<SpanData> batch() {
    List<SpanData> batch = new ArrayList<>();
    waiting.drainTo(batch, BATCH);
    return batch;
  }

  private void send(List<SpanData> batch) throws InterruptedException {
    boolean taken = isTaken(batch);
    for (int i = 0; !taken && i < PAUSES.size() && !isStopping(PAUSES.get(i)); i++) {
      taken = isTaken(batch);
    }
    if (!taken) {
      losses.add(batch.size(), exporter.obstacle());
    }
  }

  /** A defect of the library's must not end the thread, and with it all tracing. */
  private boolean isTaken(List<SpanData> batch) {
    try {
      return exporter.isTaken(batch);
    } catch (RuntimeException defect) {
      losses.add(0, defect.getClass().getSimpleName());
      return false;
    }
  }

  /** Sends what waits, as far as that is quickly done. */
  void stop() {
    stop.countDown();
    try {
      if (!sending.join(LAST_WORDS)) {
        sending.interrupt();
      }
    } catch (InterruptedException hurried) {
      sending.interrupt();
      Thread.currentThread().interrupt();
    }
    exporter.close();
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }
}
