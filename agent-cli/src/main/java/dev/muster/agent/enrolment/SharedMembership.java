package dev.muster.agent.enrolment;

import dev.muster.agent.api.Backoff;
import dev.muster.agent.api.Credential;
import dev.muster.agent.api.Introduction;
import dev.muster.agent.api.Reply;
import dev.muster.agent.api.SharedEnrolmentApi;
import dev.muster.agent.api.SharedToken;
import dev.muster.agent.disk.DiskFailure;
import dev.muster.agent.journal.Journal;
import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.fleet.AgentName;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A shared agent's place: registers it with the platform key, holds the token that it is given, in
 * memory only, and fetches a fresh one when three quarters of its life are over or when the server
 * does not know it any more. Thread-safe.
 */
public final class SharedMembership {
  private static final Journal JOURNAL = Journal.of("enrolment");
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final SharedEnrolmentApi api;
  private final Supplier<Optional<PlatformKey>> key;
  private final AgentName name;
  private final UUID instance;
  private final Introduction introduction;
  private final StateFolder state;
  private final Asking asking;
  private final InstantSource clock;

  /** Held while asking, which may take long; who is told to stop need not wait for it. */
  private final ReentrantLock joining = new ReentrantLock();

  private volatile @Nullable Held held;

  private record Held(SharedToken token, Duration life) {}

  /**
   * A place that is not taken yet.
   *
   * @param key the platform key as it is at the moment
   */
  public SharedMembership(
      SharedEnrolmentApi api,
      Supplier<Optional<PlatformKey>> key,
      AgentName name,
      UUID instance,
      Introduction introduction,
      StateFolder state,
      Backoff failures,
      InstantSource clock) {
    this.api = api;
    this.key = key;
    this.name = name;
    this.instance = instance;
    this.introduction = introduction;
    this.state = state;
    this.asking = new Asking(failures);
    this.clock = clock;
  }

  /**
   * Registers.
   *
   * @param patience how long to go on asking a server that does not answer
   */
  public Letting join(Duration patience) throws IOException, InterruptedException {
    joining.lockInterruptibly();
    try {
      return joined(patience);
    } finally {
      joining.unlock();
    }
  }

  private Letting joined(Duration patience) throws IOException, InterruptedException {
    Optional<PlatformKey> now = key.get();
    if (now.isEmpty()) {
      return new Letting.Refused("there is no platform key");
    }
    Reply<SharedToken> reply =
        asking.until(patience, () -> api.register(now.get(), name, instance, introduction));
    if (!(reply instanceof Reply.Ok<SharedToken>(SharedToken token))) {
      return Letting.out(reply);
    }
    state.settle(token.updateKey());
    held = new Held(token, Duration.between(clock.instant(), token.expiresAt()));
    JOURNAL.info("registered", "agent", token.agentId(), "until", token.expiresAt());
    return new Letting.In();
  }

  /**
   * What to present now.
   *
   * @throws IllegalStateException before it has joined
   */
  public Credential credential() {
    return new Credential(taken().token().token(), instance);
  }

  /** Who the agent is. */
  public UUID agentId() {
    return taken().token().agentId();
  }

  private Held taken() {
    Held now = held;
    if (now == null) {
      throw new IllegalStateException("it has not joined yet");
    }
    return now;
  }

  /**
   * Fetches a fresh token after one was refused, unless somebody has done so meanwhile.
   *
   * @return whether there is another one now
   */
  public boolean renewedAfter(Credential refused) throws InterruptedException {
    joining.lockInterruptibly();
    try {
      return !credential().apiKey().matches(refused.apiKey())
          || joined(Duration.ZERO) instanceof Letting.In;
    } catch (IOException unwritable) {
      JOURNAL.error("update_key_not_kept", "kind", DiskFailure.describe(unwritable));
      return false;
    } finally {
      joining.unlock();
    }
  }

  /** Keeps the token fresh until interrupted. */
  public void keepFresh() {
    try {
      while (true) {
        Duration quarter = taken().life().dividedBy(4);
        Thread.sleep(longer(quarter.multipliedBy(3)));
        renew(longer(quarter));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration longer(Duration time) {
    return time.compareTo(SHORTEST) < 0 ? SHORTEST : time;
  }

  private void renew(Duration patience) throws InterruptedException {
    try {
      Letting letting = join(patience);
      if (!(letting instanceof Letting.In)) {
        JOURNAL.warn("token_not_renewed", "why", letting);
      }
    } catch (IOException unwritable) {
      JOURNAL.error("update_key_not_kept", "kind", DiskFailure.describe(unwritable));
    }
  }
}
