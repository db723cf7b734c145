package dev.muster.application.access;

import dev.muster.application.gathering.Gathering;
import dev.muster.application.gathering.Turnstile;
import dev.muster.domain.access.Principal;
import dev.muster.domain.access.RequestWindow.Slice;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Refusal;
import dev.muster.ports.Refusal.Allowance;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.out.access.GatheredAllowances;
import dev.muster.ports.out.access.GatheredAllowances.Wish;
import dev.muster.ports.out.access.RequestAllowances;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Counts how often each credential calls, in slices that are taken from storage: for all together
 * who come at one moment, so that a crowd is let in about as fast as a few. Thread-safe.
 */
final class RequestLimits {
  private static final int MOST = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int MOST_TOGETHER = 100;
  private static final int BATCHES_AT_ONCE = 2;

  /** Of those that somebody else counts at the same moment, as many wait for them at once. */
  private static final int ALONE_AT_ONCE = 3;

  /** Shorter than the wait of those who come with the same credential meanwhile. */
  private static final Duration TURN = Duration.ofSeconds(4);

  private final Turnstile turnstile = new Turnstile(ALONE_AT_ONCE, TURN);
  private final Gathering<Wish, Optional<Slice>> gathering;
  private final RequestAllowances allowances;
  private final LongSupplier nanos;
  private final Map<UUID, HeldRequests> held = new ConcurrentHashMap<>();

  RequestLimits(GatheredAllowances gathered, RequestAllowances allowances, LongSupplier nanos) {
    this.gathering = new Gathering<>(gathered::take, MOST_TOGETHER, BATCHES_AT_ONCE);
    this.allowances = allowances;
    this.nanos = nanos;
  }

  /** Spends one request of a credential; a refusal where it has none left. */
  Optional<Refusal> spend(Principal principal, int limit) {
    return credential(principal)
        .flatMap(credential -> spend(principal.tenant(), credential, limit));
  }

  /** Spends one request of a credential that is nobody's own; a refusal where it has none left. */
  Optional<Refusal> spend(TenantId tenant, UUID credential, int limit) {
    return wait(tenant, credential, limit).map(wait -> refusal(limit, wait));
  }

  private Optional<Duration> wait(TenantId tenant, UUID credential, int limit) {
    if (held.size() >= MOST) {
      // What is thrown away with a slice in it stays counted, which is all that matters.
      held.values().removeIf(HeldRequests::isIdle);
    }
    return held.computeIfAbsent(credential, same -> new HeldRequests(nanos, PATIENCE))
        .spend(limit, wanted -> take(new Wish(tenant, credential, limit, wanted)));
  }

  private Slice take(Wish wish) {
    return gathering
        .of(wish)
        .orElseGet(() ->
            turnstile.through(() ->
                allowances.take(wish.tenant(), wish.credential(), wish.limit(), wish.wanted())));
  }

  /** Whose requests are counted together: a user's by token, an agent's whatever key it has. */
  private static Optional<UUID> credential(Principal principal) {
    return switch (principal) {
      case Principal.OfUser user -> Optional.of(user.token().value());
      case Principal.OfAgent agent -> Optional.of(agent.agent().value());
      case Principal.ActingAs acting -> Optional.of(acting.person().token().value());
      case Principal.OfJob job -> Optional.of(job.job().value());
      case Principal.OfServer server -> Optional.empty();
    };
  }

  private static Refusal refusal(int limit, Duration wait) {
    return new Refusal(
        Code.RATE_LIMITED,
        "At most %d requests a minute are let through with this credential.".formatted(limit),
        List.of(),
        new Allowance(limit, wait));
  }
}
