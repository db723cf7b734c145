package dev.muster.application.access;

import dev.muster.application.access.Authentication.Authenticated;
import dev.muster.application.access.Recognition.Coming;
import dev.muster.application.access.Recognition.Found;
import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.domain.access.Action;
import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.JobId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Access;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.in.scheduling.Wakeable;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.access.UserTokens;
import dev.muster.ports.out.fleet.AgentKeys;
import dev.muster.ports.out.fleet.AgentLogins;
import dev.muster.ports.out.fleet.Sightings;
import dev.muster.ports.out.job.JobDirectory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one door. */
public final class AccessService implements Access, Wakeable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessService.class);

  private final Transactions transactions;
  private final Recognition recognition;
  private final Auditing auditing;
  private final InstantSource clock;
  private final GateService gate;

  /**
   * Looks credentials up in the given ports; {@code gate} counts how often they are used.
   *
   * @param lease an agent that is silent for so long has gone
   */
  public AccessService(
      Transactions transactions,
      Logins logins,
      Sightings sightings,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock,
      GateService gate,
      Duration lease) {
    this.transactions = transactions;
    this.gate = gate;
    this.recognition =
        new Recognition(transactions, logins, sightings, secrets, auditing, gate, lease);
    this.auditing = auditing;
    this.clock = clock;
  }

  /** Where credentials are looked up before their tenant is known. */
  public record Logins(
      UserTokens userTokens,
      AgentLogins agents,
      JobDirectory jobs,
      AgentKeys agentKeys,
      NamedCallers named) {}

  @Override
  public Outcome<Caller> admit(
      Presented presented,
      @Nullable CertificateFingerprint certificate,
      Action action,
      Audience audience,
      AuditEntry.Origin origin,
      @Nullable JobId job) {
    Wanted wanted = new Wanted(action, audience);
    return admit(coming(presented, certificate, false, wanted, origin), wanted, job, gate::spend);
  }

  @Override
  public Outcome<Caller> readmit(
      Presented presented,
      @Nullable CertificateFingerprint certificate,
      Action action,
      Audience audience,
      AuditEntry.Origin origin,
      @Nullable JobId job) {
    Wanted wanted = new Wanted(action, audience);
    return admit(
        coming(presented, certificate, true, wanted, origin), wanted, job, who -> Optional.empty());
  }

  private Coming coming(
      Presented presented,
      @Nullable CertificateFingerprint certificate,
      boolean again,
      Wanted wanted,
      AuditEntry.Origin origin) {
    boolean mayJoin = wanted.audience() == Audience.AGENTS;
    return new Coming(presented, certificate, again, mayJoin, origin, clock.instant());
  }

  /** What somebody is about to do, and whom it is for. */
  private record Wanted(Action action, Audience audience) {}

  /** Counts before anything is refused, because a refusal costs an entry in the audit log. */
  private Outcome<Caller> admit(
      Coming coming,
      Wanted wanted,
      @Nullable JobId job,
      Function<Principal, Optional<Refusal>> count) {
    Outcome<Found> recognised = recognition.of(coming, job);
    return switch (recognised) {
      case Outcome.Refused<Found>(Refusal why) -> {
        if (why.code() == Code.UNAUTHENTICATED) {
          tellUnauthenticated(coming, wanted);
        }
        yield new Outcome.Refused<>(why);
      }
      case Outcome.Done<Found>(Found found) ->
          count
              .apply(found.who().principal())
              .<Outcome<Caller>>map(Outcome.Refused::new)
              .orElseGet(() -> admitCounted(found, coming, wanted, job));
    };
  }

  /** Whoever was revoked while they waited to be counted is not let in. */
  private Outcome<Caller> admitCounted(
      Found found, Coming coming, Wanted wanted, @Nullable JobId job) {
    return recognition.isOutdated(found)
        ? recognition.of(coming, job).then(now -> admit(now, coming, wanted))
        : admit(found, coming, wanted);
  }

  private static void tellUnauthenticated(Coming coming, Wanted wanted) {
    LOG.info(
        "event=unauthenticated action={} address={} request_id={}",
        wanted.action().wireName(),
        coming.origin().address(),
        coming.origin().requestId());
  }

  private Outcome<Caller> admit(Found found, Coming coming, Wanted wanted) {
    if (coming.presented() instanceof Presented.ActingAs acting) {
      return actAs(found.who(), acting, wanted, coming.origin());
    }
    Outcome<Caller> decided = decide(found.who(), wanted, coming.origin());
    return decided instanceof Outcome.Done<Caller>(Caller caller)
            && found.isNew()
            && !recognition.settles(found, coming)
        ? refuse(caller, wanted.action(), otherInstallation())
        : decided;
  }

  private static Refusal otherInstallation() {
    return Refusal.of(
        Code.AGENT_NAME_IN_USE,
        "Another installation that was given the key of this agent is alive.");
  }

  private Outcome<Caller> decide(Authenticated who, Wanted wanted, AuditEntry.Origin origin) {
    Caller caller = new Caller(who.principal(), origin);
    Optional<Refusal> denial = denial(who, wanted);
    return denial.isEmpty() ? Outcome.done(caller) : refuse(caller, wanted.action(), denial.get());
  }

  private Outcome<Caller> refuse(Caller caller, Action action, Refusal refusal) {
    State why = State.of("code", refusal.code()).with("permission", action.permission().wireName());
    auditing.refused(caller, action.wireName(), new Resource("action", action.wireName()), why);
    return new Outcome.Refused<>(refusal);
  }

  /**
   * Lets somebody call as an agent: only who may, only what agents call, and each time with an
   * entry under the person's name before anything else happens.
   */
  private Outcome<Caller> actAs(
      Authenticated who, Presented.ActingAs acting, Wanted wanted, AuditEntry.Origin origin) {
    Caller person = new Caller(who.principal(), origin);
    if (!(who.principal() instanceof Principal.OfUser user)
        || !user.may(Action.AGENT_ACT_AS)
        || wanted.audience() != Audience.AGENTS) {
      return refuse(person, Action.AGENT_ACT_AS, missing(Action.AGENT_ACT_AS));
    }
    Optional<Authenticated> agent = recognition.actedAs(user, acting.agent());
    if (agent.isEmpty()) {
      return Outcome.refused(Code.NOT_FOUND, "There is no such agent.");
    }
    Outcome<Caller> outcome = decide(agent.get(), wanted, origin);
    if (outcome instanceof Outcome.Done<Caller> done) {
      noteActing(person, done.value(), wanted.action());
    }
    return outcome;
  }

  private void noteActing(Caller person, Caller acting, Action action) {
    transactions.inTenant(
        acting.tenant(),
        () -> {
          auditing.done(
              person,
              acting.tenant(),
              Action.AGENT_ACT_AS.wireName(),
              new Resource("agent", acting.agent().toString()),
              null,
              State.of("as", acting.principal().displayName()).with("action", action.wireName()));
          return true;
        });
  }

  @Override
  public Outcome<Caller> heard(Caller caller, Presented presented, Action action) {
    return caller.principal() instanceof Principal.OfAgent agent
            && gate.mustSign(agent)
            && !recognition.hears(agent, presented, caller.origin(), clock.instant())
        ? refuse(caller, action, otherInstallation())
        : Outcome.done(caller);
  }

  @Override
  public void denied(Caller caller, Action action, String code) {
    Resource resource = new Resource("action", action.wireName());
    auditing.refused(caller, action.wireName(), resource, State.of("code", code));
  }

  @Override
  public void credentialsChanged() {
    recognition.forget();
  }

  private static Optional<Refusal> denial(Authenticated who, Wanted wanted) {
    if (wanted.audience() == Audience.OPERATORS && !isOperator(who.principal())) {
      return Optional.of(Refusal.of(Code.OPERATOR_REQUIRED, "Only operators may do this."));
    }
    if (!isMeantFor(who.principal(), wanted) || !who.principal().may(wanted.action())) {
      return Optional.of(missing(wanted.action()));
    }
    if (who.agent() instanceof Agent agent && !agent.enabled()) {
      return Optional.of(Refusal.of(Code.AGENT_DISABLED, "This agent has been disabled."));
    }
    return Optional.empty();
  }

  private static Refusal missing(Action action) {
    return Refusal.of(
        Code.FORBIDDEN,
        "The action %s needs the permission %s, which the caller does not have here."
            .formatted(action.wireName(), action.permission().wireName()));
  }

  private static boolean isMeantFor(Principal principal, Wanted wanted) {
    return switch (wanted.audience()) {
      case OPERATORS -> isOperator(principal);
      case USERS -> principal instanceof Principal.OfUser || wasGranted(principal, wanted);
      case USERS_AND_JOB_HOLDERS ->
          principal instanceof Principal.OfUser
              || wasGranted(principal, wanted)
              || principal instanceof Principal.OfJob;
      case AGENTS ->
          principal instanceof Principal.OfAgent || principal instanceof Principal.ActingAs;
    };
  }

  /** What every agent may is for the agents' own endpoints; the others take a grant. */
  private static boolean wasGranted(Principal principal, Wanted wanted) {
    return principal instanceof Principal.OfAgent agent
        && agent.granted().contains(wanted.action().permission());
  }

  private static boolean isOperator(Principal principal) {
    return principal instanceof Principal.OfUser user && user.isOperator();
  }
}
