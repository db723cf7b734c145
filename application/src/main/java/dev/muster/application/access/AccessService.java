package dev.muster.application.access;

import dev.muster.application.access.Authentication.Authenticated;
import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.domain.access.Action;
import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.AuditEntry.Resource;
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
import dev.muster.ports.out.fleet.AgentLogins;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.job.JobDirectory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one door. */
public final class AccessService implements Access, Wakeable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessService.class);

  private final Transactions transactions;
  private final Authentication authentication;
  private final UserTokens userTokens;
  private final Agents agents;
  private final Auditing auditing;
  private final InstantSource clock;
  private final RecentCallers recent = new RecentCallers();

  /** Looks credentials up in the given ports. */
  public AccessService(
      Transactions transactions,
      Logins logins,
      Agents agents,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock) {
    this.transactions = transactions;
    this.authentication =
        new Authentication(logins.userTokens(), logins.agents(), logins.jobs(), secrets);
    this.userTokens = logins.userTokens();
    this.agents = agents;
    this.auditing = auditing;
    this.clock = clock;
  }

  /** Where credentials are looked up before their tenant is known. */
  public record Logins(UserTokens userTokens, AgentLogins agents, JobDirectory jobs) {}

  @Override
  public Outcome<Caller> admit(
      Presented presented,
      Action action,
      Audience audience,
      AuditEntry.Origin origin,
      @Nullable JobId job) {
    Instant now = clock.instant();
    Optional<Authenticated> found = recent.find(presented, now);
    if (found.isEmpty()) {
      found = lookedUp(presented, job, now);
    }
    if (found.isEmpty()) {
      LOG.info(
          "event=unauthenticated action={} address={} request_id={}",
          action.wireName(),
          origin.address(),
          origin.requestId());
      return Outcome.refused(Code.UNAUTHENTICATED, "No valid credential was presented.");
    }
    Caller caller = new Caller(found.get().principal(), origin);
    Optional<Refusal> denial = denial(found.get(), action, audience);
    if (denial.isEmpty()) {
      return Outcome.done(caller);
    }
    noteDenial(caller, action, denial.get());
    return new Outcome.Refused<>(denial.get());
  }

  private Optional<Authenticated> lookedUp(Presented presented, @Nullable JobId job, Instant now) {
    long generation = recent.generation();
    Optional<Authenticated> found =
        transactions.acrossTenants(() -> {
          Optional<Authenticated> known = authentication.of(presented, job, now);
          known.ifPresent(who -> noteUse(who, now));
          return known;
        });
    found.ifPresent(who -> recent.remember(presented, who, now, generation));
    return found;
  }

  @Override
  public void credentialsChanged() {
    recent.forget();
  }

  private void noteUse(Authenticated who, Instant now) {
    switch (who.principal()) {
      case Principal.OfUser user -> userTokens.used(user.token(), now);
      case Principal.OfAgent agent -> {
        if (who.agent() instanceof Agent known && known.enabled()) {
          agents.seen(agent.tenant(), agent.agent(), now, null);
        }
      }
      case Principal.OfJob job -> {}
      case Principal.OfServer server -> {}
    }
  }

  private static Optional<Refusal> denial(Authenticated who, Action action, Audience audience) {
    if (audience == Audience.OPERATORS && !isOperator(who.principal())) {
      return Optional.of(Refusal.of(Code.OPERATOR_REQUIRED, "Only operators may do this."));
    }
    if (!isMeantFor(who.principal(), audience) || !who.principal().may(action)) {
      return Optional.of(
          Refusal.of(
              Code.FORBIDDEN,
              "The action %s needs the permission %s, which the caller does not have here."
                  .formatted(action.wireName(), action.permission().wireName())));
    }
    if (who.agent() instanceof Agent agent && !agent.enabled()) {
      return Optional.of(Refusal.of(Code.AGENT_DISABLED, "This agent has been disabled."));
    }
    return Optional.empty();
  }

  private static boolean isMeantFor(Principal principal, Audience audience) {
    return switch (audience) {
      case OPERATORS -> isOperator(principal);
      case USERS -> principal instanceof Principal.OfUser;
      case USERS_AND_JOB_HOLDERS ->
          principal instanceof Principal.OfUser || principal instanceof Principal.OfJob;
      case AGENTS -> principal instanceof Principal.OfAgent;
    };
  }

  private static boolean isOperator(Principal principal) {
    return principal instanceof Principal.OfUser user && user.isOperator();
  }

  private void noteDenial(Caller caller, Action action, Refusal refusal) {
    State why = State.of("code", refusal.code()).with("permission", action.permission().wireName());
    auditing.refused(caller, action.wireName(), new Resource("action", action.wireName()), why);
  }
}
