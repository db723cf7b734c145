package dev.muster.application.scheduling;

import dev.muster.application.credential.Secrets;
import dev.muster.domain.credential.Secret;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.in.scheduling.LeasedJobTokens;

/** Makes the tokens of leased jobs again: they are stored nowhere. */
public final class LeasedJobTokenService implements LeasedJobTokens {
  private final Secrets secrets;

  /** Derives from the master keys of {@code secrets}. */
  public LeasedJobTokenService(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public Secret of(LeasedJob leased) {
    return secrets.jobToken(leased.job().tenant(), leased.job().id());
  }
}
