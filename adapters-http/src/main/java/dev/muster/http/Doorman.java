package dev.muster.http;

import dev.muster.domain.access.Action;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.domain.job.JobId;
import dev.muster.http.caller.Origin;
import dev.muster.http.problem.Outcomes;
import dev.muster.http.problem.ProblemCode;
import dev.muster.http.problem.Rejection;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Guard;
import dev.muster.http.route.Ids;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Access;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Gate;
import dev.muster.ports.in.access.Presented;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks at the one door for whoever calls. Thread-safe. */
final class Doorman {
  private final Access access;
  private final Gate gate;

  /**
   * Somebody at the door.
   *
   * @param certificate what a proxy of ours says that they showed, or null
   * @param places what the path names
   */
  record Knock(
      Presented presented,
      @Nullable CertificateFingerprint certificate,
      Origin origin,
      Map<String, String> places) {}

  Doorman(Access access, Gate gate) {
    this.access = access;
    this.gate = gate;
  }

  /**
   * The caller, admitted.
   *
   * @throws Rejection 401, or 403 that names the action and the permission
   */
  Caller admit(Guard.Needs needs, Knock knock) {
    return admit(needs, knock, access::admit);
  }

  /** Lets somebody go on who was admitted, if what they send is signed as it must be. */
  Caller checkSignature(
      Guard.Needs needs, Knock knock, Caller caller, Gate.@Nullable Signed signed) {
    Caller checked = Outcomes.valueOf(gate.withSignature(caller, needs.action(), signed));
    return checked.signedWith() == null
        ? checked
        : Outcomes.valueOf(access.heard(checked, knock.presented(), needs.action()));
  }

  /** What the handler finds out of whoever speaks for another is noted as what the door does. */
  Answer handled(Guard.Needs needs, Caller caller, Supplier<Answer> handler) {
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
  boolean stillAdmits(Guard.Needs needs, Knock knock) {
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

  private Caller admit(Guard.Needs needs, Knock knock, Asking asking) {
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
  private static Action missing(Guard.Needs needs, Knock knock) {
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

  private static @Nullable JobId job(Guard.Needs needs, Map<String, String> places) {
    if (needs.audience() != Audience.USERS_AND_JOB_HOLDERS) {
      return null;
    }
    var id = Ids.parse(places.get("id"));
    return id == null ? null : new JobId(id);
  }
}
