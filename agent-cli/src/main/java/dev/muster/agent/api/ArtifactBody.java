package dev.muster.agent.api;

import dev.muster.agent.api.UpdateApi.Download;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Writes an answer to a file as it comes, and never more of it than it may be long. */
final class ArtifactBody implements BodyHandler<Void> {
  private final Path file;
  private final long most;
  private volatile boolean begun;
  private volatile boolean tooLong;
  private volatile @Nullable IOException unwritten;

  ArtifactBody(Path file, long most) {
    this.file = file;
    this.most = most;
  }

  /** Whether an artifact was on its way. */
  boolean hasBegun() {
    return begun;
  }

  /**
   * What a failed exchange means.
   *
   * @throws IOException where the file could not be written
   */
  Download failure() throws IOException {
    IOException cause = unwritten;
    if (cause != null) {
      throw cause;
    }
    if (tooLong) {
      return Download.TOO_LONG;
    }
    return begun ? Download.BROKEN : Download.NOT_THERE;
  }

  @Override
  public BodySubscriber<Void> apply(ResponseInfo answer) {
    if (answer.statusCode() != 200) {
      return BodySubscribers.replacing(null);
    }
    begun = true;
    return new Writing();
  }

  private final class Writing implements BodySubscriber<Void> {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private @Nullable FileChannel channel;
    private long written;

    @Override
    public CompletionStage<Void> getBody() {
      return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      try {
        channel =
            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        subscription.request(1);
      } catch (IOException unusable) {
        unwritten = unusable;
        end(unusable);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
      if (done.isDone()) {
        return;
      }
      try {
        for (ByteBuffer part : parts) {
          write(part);
        }
      } catch (IOException failed) {
        end(failed);
        return;
      }
      if (subscription != null) {
        subscription.request(1);
      }
    }

    private void write(ByteBuffer part) throws IOException {
      written += part.remaining();
      if (written > most) {
        tooLong = true;
        throw new IOException("longer than " + most + " bytes");
      }
      try {
        while (channel != null && part.hasRemaining()) {
          channel.write(part);
        }
      } catch (IOException full) {
        unwritten = full;
        throw full;
      }
    }

    @Override
    public void onError(Throwable cause) {
      close();
      done.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
      close();
      IOException failed = unwritten;
      if (failed == null) {
        done.complete(null);
      } else {
        done.completeExceptionally(failed);
      }
    }

    private void end(IOException cause) {
      if (subscription != null) {
        subscription.cancel();
      }
      onError(cause);
    }

    private void close() {
      try {
        if (channel != null && channel.isOpen()) {
          channel.force(true);
          channel.close();
        }
      } catch (IOException full) {
        unwritten = full;
      }
    }
  }
}
