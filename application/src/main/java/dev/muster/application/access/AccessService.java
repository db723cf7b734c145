package dev.muster.application.access;

import dev.muster.application.access.Authentication.Authenticated;
import dev.muster.application.access.Authentication.KeyUse;
import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.domain.access.Action;
import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
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
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.job.JobDirectory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one door. */
public final class AccessService implements Access, Wakeable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessService.class);
  private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);

  private final Transactions transactions;
  private final Authentication authentication;
  private final NamedCallers named;
  private final UserTokens userTokens;
  private final AgentKeys agentKeys;
  private final Agents agents;
  private final Auditing auditing;
  private final InstantSource clock;
  private final GateService gate;
  private final RecentCallers recent = new RecentCallers();

  /** Looks credentials up in the given ports; {@code gate} counts how often they are used. */
  public AccessService(
      Transactions transactions,
      Logins logins,
      Agents agents,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock,
      GateService gate) {
    this.transactions = transactions;
    this.gate = gate;
    this.authentication =
        new Authentication(logins.userTokens(), logins.agents(), logins.jobs(), secrets);
    this.named = logins.named();
    this.userTokens = logins.userTokens();
    this.agentKeys = logins.agentKeys();
    this.agents = agents;
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
    Coming coming = new Coming(presented, certificate, false, clock.instant());
    return admit(coming, new Wanted(action, audience), origin, job, gate::spend);
  }

  @Override
  public Outcome<Caller> readmit(
      Presented presented,
      @Nullable CertificateFingerprint certificate,
      Action action,
      Audience audience,
      AuditEntry.Origin origin,
      @Nullable JobId job) {
    Coming coming = new Coming(presented, certificate, true, clock.instant());
    return admit(coming, new Wanted(action, audience), origin, job, who -> Optional.empty());
  }

  /**
   * Somebody who comes.
   *
   * @param again whether they were let in before, signature and all, and only stay
   */
  private record Coming(
      Presented presented,
      @Nullable CertificateFingerprint certificate,
      boolean again,
      Instant at) {}

  /** What somebody is about to do, and whom it is for. */
  private record Wanted(Action action, Audience audience) {}

  /** Counts before anything is refused, because a refusal costs an entry in the audit log. */
  private Outcome<Caller> admit(
      Coming coming,
      Wanted wanted,
      AuditEntry.Origin origin,
      @Nullable JobId job,
      Function<Principal, Optional<Refusal>> count) {
    Presented presented = coming.presented();
    Instant now = coming.at();
    long generation = recent.generation();
    Optional<Authenticated> found = recent.find(presented, now);
    if (found.isEmpty() && presented instanceof Presented.NamedAgent somebody) {
      boolean mayJoin = wanted.audience() == Audience.AGENTS;
      Outcome<Authenticated> identified =
          named
              .whoIs(somebody, mayJoin, now, origin, gate.threshold(coming.certificate()))
              .then(agent -> identified(coming, generation, agent));
      if (identified instanceof Outcome.Refused<Authenticated>(Refusal why)
          && why.code() != Code.UNAUTHENTICATED) {
        return new Outcome.Refused<>(why);
      }
      found =
          identified instanceof Outcome.Done<Authenticated>(Authenticated who)
              ? Optional.of(who)
              : Optional.empty();
    } else if (found.isEmpty()) {
      found = lookedUp(coming, generation, () -> authentication.of(presented, job, now));
    }
    if (found.isEmpty()) {
      LOG.info(
          "event=unauthenticated action={} address={} request_id={}",
          wanted.action().wireName(),
          origin.address(),
          origin.requestId());
      return Outcome.refused(Code.UNAUTHENTICATED, "No valid credential was presented.");
    }
    Optional<Refusal> tooMany = count.apply(found.get().principal());
    if (tooMany.isPresent()) {
      return new Outcome.Refused<>(tooMany.get());
    }
    return presented instanceof Presented.ActingAs acting
        ? actAs(found.get(), acting, wanted, origin)
        : decide(found.get(), wanted, origin);
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
    Optional<Authenticated> agent =
        transactions.acrossTenants(
            () -> authentication.actingAs(user, new AgentId(acting.agent())));
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

  private Outcome<Authenticated> identified(Coming coming, long generation, AgentId agent) {
    return lookedUp(coming, generation, () -> authentication.named(agent))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(Code.UNAUTHENTICATED, "The agent has gone."));
  }

  /**
   * Of whoever lacks a certificate nothing is remembered: else one with a key alone could keep the
   * agent itself from being noted.
   */
  private Optional<Authenticated> lookedUp(
      Coming coming, long generation, Supplier<Optional<Authenticated>> look) {
    Optional<Authenticated> found =
        transactions.acrossTenants(() -> {
          Optional<Authenticated> known = look.get();
          known.ifPresent(who -> noteUse(who, coming));
          return known;
        });
    found
        .filter(who -> isCertified(who.principal(), coming))
        .ifPresent(who -> recent.remember(coming.presented(), who, coming.at(), generation));
    return found;
  }

  private boolean isCertified(Principal principal, Coming coming) {
    return coming.again() || gate.isCertified(principal, coming.certificate());
  }

  @Override
  public void heard(Caller caller) {
    if (caller.principal() instanceof Principal.OfAgent agent && gate.mustSign(agent)) {
      agents.seen(agent.tenant(), agent.agent(), clock.instant(), null);
    }
  }

  @Override
  public void credentialsChanged() {
    recent.forget();
  }

  /** A key alone keeps nobody online of whom more is asked. */
  private void noteUse(Authenticated who, Coming coming) {
    Instant now = coming.at();
    switch (who.principal()) {
      case Principal.OfUser user -> userTokens.used(user.token(), now);
      case Principal.OfAgent agent -> {
        boolean isProven = isCertified(agent, coming) && (coming.again() || !gate.mustSign(agent));
        if (who.agent() instanceof Agent known && known.enabled() && isProven) {
          agents.seen(agent.tenant(), agent.agent(), now, null);
        }
        noteUse(agent, who.key(), now);
      }
      case Principal.ActingAs acting -> {}
      case Principal.OfJob job -> {}
      case Principal.OfServer server -> {}
    }
  }

  /** At most once a minute, by what was read with the key: no statement where nothing is due. */
  private void noteUse(Principal.OfAgent agent, @Nullable KeyUse key, Instant now) {
    if (key != null
        && (key.notedAt() == null || !key.notedAt().isAfter(now.minus(BETWEEN_NOTES)))) {
      agentKeys.used(agent.tenant(), key.hash(), now);
    }
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
