package dev.muster.wire.access;

import dev.muster.domain.access.Action;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.domain.job.JobId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Access;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Gate;
import dev.muster.ports.in.access.Presented;
import dev.muster.wire.caller.Ids;
import dev.muster.wire.caller.Origin;
import dev.muster.wire.problem.Outcomes;
import dev.muster.wire.problem.ProblemCode;
import dev.muster.wire.problem.Rejection;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks at the one door for whoever calls, on whichever wire. What is asked comes in this order: a
 * credential and what its holder may do, a certificate, and, once the body is there, a signature.
 * Thread-safe.
 */
public final class Doorman {
  private final Access access;
  private final Gate gate;

  /** What an operation asks for: the permission of its action, and who may call it at all. */
  public record Needed(Action action, Audience audience) {}

  /**
   * Somebody at the door.
   *
   * @param certificate what a proxy of ours says that they showed, or null
   * @param places what the path names
   */
  public record Knock(
      Presented presented,
      @Nullable CertificateFingerprint certificate,
      Origin origin,
      Map<String, String> places) {}

  /** A door that leads to ports. */
  public Doorman(Access access, Gate gate) {
    this.access = access;
    this.gate = gate;
  }

  /**
   * The caller, admitted.
   *
   * @throws Rejection 401, or 403 that names the action and the permission
   */
  public Caller admit(Needed needs, Knock knock) {
    return admit(needs, knock, access::admit);
  }

  /** Lets somebody go on who was admitted, if what they send is signed as it must be. */
  public Caller checkSignature(
      Needed needs, Knock knock, Caller caller, Gate.@Nullable Signed signed) {
    Caller checked = Outcomes.valueOf(gate.withSignature(caller, needs.action(), signed));
    return checked.signedWith() == null
        ? checked
        : Outcomes.valueOf(access.heard(checked, knock.presented(), needs.action()));
  }

  /** What the handler finds out of whoever speaks for another is noted as what the door does. */
  public <T> T handled(Needed needs, Caller caller, Supplier<T> handler) {
    try {
      return handler.get();
    } catch (Rejection rejection) {
      if (rejection.problem().code() == ProblemCode.NOT_THE_CALLER) {
        access.denied(caller, needs.action(), ProblemCode.NOT_THE_CALLER.code());
      }
      throw rejection;
    }
  }

  /** Whether whoever was admitted before would be again. */
  public boolean stillAdmits(Needed needs, Knock knock) {
    try {
      admit(needs, knock, access::readmit);
      return true;
    } catch (Rejection rejection) {
      return false;
    }
  }

  /** One of the ways to ask {@link Access}. */
  private interface Asking {
    Outcome<Caller> admit(
        Presented presented,
        @Nullable CertificateFingerprint certificate,
        Action action,
        Audience audience,
        AuditEntry.Origin origin,
        @Nullable JobId job);
  }

  private Caller admit(Needed needs, Knock knock, Asking asking) {
    try {
      return Outcomes.valueOf(
          asking
              .admit(
                  knock.presented(),
                  knock.certificate(),
                  needs.action(),
                  needs.audience(),
                  knock.origin().forAudit(),
                  job(needs, knock.places()))
              .then(caller -> gate.withCertificate(caller, needs.action(), knock.certificate())));
    } catch (Rejection rejection) {
      throw explained(rejection, missing(needs, knock));
    }
  }

  /** Whoever acts as an agent and is forbidden to is not told of what the agent may. */
  private static Action missing(Needed needs, Knock knock) {
    return knock.presented() instanceof Presented.ActingAs ? Action.AGENT_ACT_AS : needs.action();
  }

  private static Rejection explained(Rejection rejection, Action missing) {
    var problem = rejection.problem();
    if (problem.code() != ProblemCode.FORBIDDEN
        && problem.code() != ProblemCode.OPERATOR_REQUIRED) {
      return rejection;
    }
    return new Rejection(
        problem
            .with("action", missing.wireName())
            .with("permission", missing.permission().wireName()));
  }

  private static @Nullable JobId job(Needed needs, Map<String, String> places) {
    if (needs.audience() != Audience.USERS_AND_JOB_HOLDERS) {
      return null;
    }
    var id = Ids.parse(places.get("id"));
    return id == null ? null : new JobId(id);
  }
}
