package dev.muster.http;

import dev.muster.domain.access.Action;
import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Gate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A gate that remembers what it was shown, and refuses what a test tells it to. */
public final class GateFake implements Gate {
  final List<Optional<CertificateFingerprint>> certificates =
      Collections.synchronizedList(new ArrayList<>());
  final List<Signed> signed = Collections.synchronizedList(new ArrayList<>());
  volatile @Nullable Refusal refusal;

  @Override
  public Outcome<Caller> withCertificate(
      Caller caller, Action action, @Nullable CertificateFingerprint certificate) {
    certificates.add(Optional.ofNullable(certificate));
    return Outcome.done(caller);
  }

  @Override
  public Outcome<Caller> withSignature(Caller caller, Action action, @Nullable Signed shown) {
    if (shown != null) {
      signed.add(shown);
    }
    return refusal instanceof Refusal because
        ? new Outcome.Refused<>(because)
        : Outcome.done(caller);
  }
}
