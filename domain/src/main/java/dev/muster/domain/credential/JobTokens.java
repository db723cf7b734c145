package dev.muster.domain.credential;

import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The tokens of jobs, which are stored nowhere: each is the HMAC-SHA256 of tenant and job under a
 * key derived from a master key, so that it can be made again for whoever asks by the job's id.
 *
 * <p>A new token is made with the current master key; one that was made with an older key is good
 * for as long as that key is live. Thread-safe.
 */
public final class JobTokens {
  private static final byte[] SALT = "muster".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PURPOSE = new LengthPrefixed().add("job token").toBytes();

  private final List<byte[]> keys;
  private final byte[] current;

  /** Derives from {@code masterKeys}: once, as every submit makes a token. */
  public JobTokens(MasterKeys masterKeys) {
    this.keys =
        masterKeys.ids().stream()
            .map(id -> masterKeys.derive(id, SALT, PURPOSE).orElseThrow())
            .toList();
    this.current = masterKeys.derive(masterKeys.currentId(), SALT, PURPOSE).orElseThrow();
  }

  /** The token of a job. */
  public Secret of(TenantId tenant, JobId job) {
    return derived(current, tenant, job);
  }

  /** Whether a token is the one of this job, in time that does not depend on where it differs. */
  public boolean isOf(Secret token, TenantId tenant, JobId job) {
    boolean matches = false;
    for (byte[] key : keys) {
      matches |= derived(key, tenant, job).matches(token);
    }
    return matches;
  }

  private static Secret derived(byte[] key, TenantId tenant, JobId job) {
    byte[] message = new LengthPrefixed().add(tenant.value()).add(job.value()).toBytes();
    return Tokens.make(TokenKind.JOB, HmacSha256.of(key, message));
  }
}
