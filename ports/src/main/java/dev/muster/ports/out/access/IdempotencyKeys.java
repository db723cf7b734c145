package dev.muster.ports.out.access;

import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers to requests that may be repeated. */
public interface IdempotencyKeys {
  /**
   * Takes a key for the open transaction, waiting for another one that has it. A record made before
   * {@code notBefore} counts as gone.
   *
   * @param caller the principal's own id
   * @return what was recorded under it, or empty where the key is now this transaction's
   */
  Optional<Recorded> take(
      TenantId tenant, UUID caller, String key, byte[] fingerprint, Instant now, Instant notBefore);

  /** Records the answer under a key that this transaction has taken. */
  void record(
      TenantId tenant, UUID caller, String key, int status, @Nullable String location, String body);

  /** A recorded answer. */
  record Recorded(byte[] fingerprint, int status, @Nullable String location, String body) {}
}
