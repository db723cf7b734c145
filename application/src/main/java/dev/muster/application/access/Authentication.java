package dev.muster.application.access;

import dev.muster.application.credential.Secrets;
import dev.muster.domain.access.Principal;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.credential.Tokens;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.job.JobId;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.out.access.UserTokens;
import dev.muster.ports.out.fleet.AgentLogins;
import dev.muster.ports.out.job.JobDirectory;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out whose credential was presented. Empty for every failure, whatever its reason. */
final class Authentication {
  private final UserTokens userTokens;
  private final AgentLogins agentLogins;
  private final JobDirectory jobs;
  private final Secrets secrets;

  Authentication(
      UserTokens userTokens, AgentLogins agentLogins, JobDirectory jobs, Secrets secrets) {
    this.userTokens = userTokens;
    this.agentLogins = agentLogins;
    this.jobs = jobs;
    this.secrets = secrets;
  }

  Optional<Authenticated> of(Presented presented, @Nullable JobId job, Instant now) {
    return switch (presented) {
      case Presented.Nothing nothing -> Optional.empty();
      case Presented.Contradiction contradiction -> Optional.empty();
      case Presented.Token token -> ofToken(token.token(), job, now);
      case Presented.AgentKey key ->
          isOfKind(key.key(), TokenKind.AGENT)
              ? ofAgent(key.key(), now).filter(agent -> agent.isAgent(key.agent()))
              : Optional.empty();
    };
  }

  private Optional<Authenticated> ofToken(Secret token, @Nullable JobId job, Instant now) {
    if (!Tokens.claimsToBeOne(token)) {
      return ofUser(token, now);
    }
    Optional<TokenKind> kind = Tokens.kindOf(token);
    return kind.isEmpty()
        ? Optional.empty()
        : switch (kind.get()) {
          case USER -> ofUser(token, now);
          case AGENT -> ofAgent(token, now);
          case JOB -> ofJobHolder(token, job);
          case REGISTRATION, SHARED -> Optional.empty();
        };
  }

  private Optional<Authenticated> ofUser(Secret token, Instant now) {
    return token.isEmpty()
        ? Optional.empty()
        : userTokens
            .byHash(TokenHash.of(token))
            .filter(held -> held.token().isLive(now))
            .map(held -> new Principal.OfUser(held.user(), held.token().id()))
            .map(user -> new Authenticated(user, null));
  }

  private Optional<Authenticated> ofAgent(Secret key, Instant now) {
    return agentLogins
        .byKey(TokenHash.of(key), now)
        .map(agent ->
            new Authenticated(
                new Principal.OfAgent(agent.id(), agent.name(), agent.tenant()), agent));
  }

  private Optional<Authenticated> ofJobHolder(Secret token, @Nullable JobId job) {
    return job == null
        ? Optional.empty()
        : jobs.tenantOf(job)
            .filter(tenant -> secrets.isJobToken(token, tenant, job))
            .map(tenant -> new Authenticated(new Principal.OfJob(job, tenant), null));
  }

  private static boolean isOfKind(Secret token, TokenKind kind) {
    return Tokens.kindOf(token).filter(kind::equals).isPresent();
  }

  /** Somebody whose credential is good; with the agent where it is one. */
  record Authenticated(Principal principal, @Nullable Agent agent) {
    boolean isAgent(java.util.UUID id) {
      return agent != null && agent.id().value().equals(id);
    }
  }
}
