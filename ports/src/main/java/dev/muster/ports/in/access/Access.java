package dev.muster.ports.in.access;

import dev.muster.domain.access.Action;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.domain.job.JobId;
import dev.muster.ports.Outcome;
import org.jspecify.annotations.Nullable;

/** The one door: who is calling, and may they. Thread-safe. */
public interface Access {
  /**
   * Checks a credential and whether its holder may do something. Refused with {@code
   * unauthenticated} for every failure to authenticate; with {@code forbidden}, {@code
   * operator_required} or {@code agent_disabled} where the caller is known, which is audited; with
   * {@code rate_limited} where it calls too often, which is not. Only who came with a certificate
   * that is asked of it joins by this, or counts as online; all others are for the {@link Gate}.
   *
   * @param certificate what a trusted proxy says of the connection, or null
   * @param job the job that the call names, which is what a job token is checked against, or null
   */
  Outcome<Caller> admit(
      Presented presented,
      @Nullable CertificateFingerprint certificate,
      Action action,
      Audience audience,
      AuditEntry.Origin origin,
      @Nullable JobId job);

  /** As {@link #admit}, for somebody of whom no proxy says anything. */
  default Outcome<Caller> admit(
      Presented presented,
      Action action,
      Audience audience,
      AuditEntry.Origin origin,
      @Nullable JobId job) {
    return admit(presented, null, action, audience, origin, job);
  }

  /**
   * Notes that an agent is online that must sign its requests and has signed this one; {@code
   * agent_name_in_use} where another installation of it is alive.
   */
  default Outcome<Caller> heard(Caller caller, Presented presented, Action action) {
    return Outcome.done(caller);
  }

  /** Notes that somebody who was let in was denied what only another may do. */
  default void denied(Caller caller, Action action, String code) {}

  /**
   * As {@link #admit}, for somebody who was admitted and whose answer takes long: it is no request
   * of its own, and does not count as one.
   */
  default Outcome<Caller> readmit(
      Presented presented,
      @Nullable CertificateFingerprint certificate,
      Action action,
      Audience audience,
      AuditEntry.Origin origin,
      @Nullable JobId job) {
    return admit(presented, certificate, action, audience, origin, job);
  }
}
