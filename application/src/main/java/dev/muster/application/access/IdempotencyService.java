package dev.muster.application.access;

import dev.muster.domain.access.Principal;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.IdempotentRequests;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.access.IdempotencyKeys;
import dev.muster.ports.out.access.IdempotencyKeys.Recorded;
import java.io.Serial;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Answers a repeated request as the first one, in the transaction of the request's own work. */
public final class IdempotencyService implements IdempotentRequests {
  /** How long a request may be repeated. */
  public static final Duration MEMORY = Duration.ofHours(24);

  private static final int FIRST_ERROR_STATUS = 400;

  private final Transactions transactions;
  private final IdempotencyKeys keys;
  private final InstantSource clock;

  /** Keeps answers in {@code keys}. */
  public IdempotencyService(Transactions transactions, IdempotencyKeys keys, InstantSource clock) {
    this.transactions = transactions;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public Outcome<Answer> once(
      Caller caller, String key, byte[] fingerprint, Supplier<Answer> work) {
    TenantId tenant = caller.tenant();
    UUID who = idOf(caller.principal());
    try {
      return transactions.inTenant(
          tenant,
          () -> {
            Instant now = clock.instant();
            Optional<Recorded> before =
                keys.take(tenant, who, key, fingerprint, now, now.minus(MEMORY));
            if (before.isPresent()) {
              return repeated(before.get(), fingerprint);
            }
            Answer answer = work.get();
            if (answer.status() >= FIRST_ERROR_STATUS) {
              throw new Undone(answer);
            }
            keys.record(tenant, who, key, answer.status(), answer.location(), answer.replayBody());
            return Outcome.done(answer);
          });
    } catch (Undone undone) {
      return Outcome.done(undone.answer);
    }
  }

  private static Outcome<Answer> repeated(Recorded before, byte[] fingerprint) {
    if (!MessageDigest.isEqual(before.fingerprint(), fingerprint)) {
      return Outcome.refused(
          Code.IDEMPOTENCY_KEY_REUSED, "This idempotency key was used for another request.");
    }
    return Outcome.done(
        new Answer(before.status(), before.location(), before.body(), before.body(), true));
  }

  private static UUID idOf(Principal principal) {
    return switch (principal) {
      case Principal.OfUser user -> user.user().id().value();
      case Principal.ActingAs acting -> acting.person().user().id().value();
      case Principal.OfAgent agent -> agent.agent().value();
      case Principal.OfJob job -> job.job().value();
      case Principal.OfServer server -> server.tenant().value();
    };
  }

  /** Carries an error's answer out of the transaction that it undoes. */
  private static final class Undone extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    Undone(Answer answer) {
      super(null, null, false, false);
      this.answer = answer;
    }
  }
}
