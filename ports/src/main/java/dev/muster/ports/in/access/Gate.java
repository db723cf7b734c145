package dev.muster.ports.in.access;

import dev.muster.domain.access.Action;
import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.ports.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked of a caller besides a credential. Every adapter asks it for every caller that
 * {@link Access} has let in, before it reads what the caller wants. Thread-safe.
 */
public interface Gate {
  /**
   * Whether a caller came with a certificate that its agent or tenant has registered, where any is;
   * refused with {@code certificate_required} otherwise, which is audited.
   *
   * @param action what the caller wants, for the audit
   * @param certificate what a trusted proxy says of the connection, or null where none says
   *     anything that can be believed
   */
  Outcome<Caller> withCertificate(
      Caller caller, Action action, @Nullable CertificateFingerprint certificate);

  /**
   * Whether a request is signed as its agent must sign it. A signature that is there must be right
   * even where none is required, and is good once, on all replicas together: the claim of its nonce
   * is committed before this returns.
   *
   * <p>Refused with {@code signature_required}, {@code signature_invalid}, {@code
   * signature_expired} or {@code signature_replayed}, which is audited.
   *
   * @param action what the caller wants, for the audit
   * @param signed what stood in the headers, or null where nothing did
   * @return the caller, who knows with which version of its secret it signed
   */
  Outcome<Caller> withSignature(Caller caller, Action action, @Nullable Signed signed);

  /**
   * A request that claims to be signed. Nothing of it has been checked.
   *
   * @param method of the request
   * @param target path and query, as they were sent
   * @param timestamp the header, or null where it is not there exactly once
   * @param nonce the header, or null
   * @param signature the header, or null
   * @param bodyHash SHA-256 of the body's bytes, 64 lower-case hex digits
   */
  record Signed(
      String method,
      String target,
      @Nullable String timestamp,
      @Nullable String nonce,
      @Nullable String signature,
      String bodyHash) {}
}
