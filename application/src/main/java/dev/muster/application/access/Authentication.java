package dev.muster.application.access;

import dev.muster.application.credential.Secrets;
import dev.muster.domain.access.Principal;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.credential.Tokens;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.AgentLogins;
import dev.muster.ports.out.fleet.AgentLogins.Login;
import dev.muster.ports.out.job.JobDirectory;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds out whose credential was presented. Empty for every failure, whatever its reason. */
final class Authentication {
  private final CredentialLookup lookup;
  private final AgentLogins agentLogins;
  private final JobDirectory jobs;
  private final Secrets secrets;

  Authentication(Transactions transactions, AccessService.Logins logins, Secrets secrets) {
    this.lookup = new CredentialLookup(transactions, logins.userTokens(), logins.agents());
    this.agentLogins = logins.agents();
    this.jobs = logins.jobs();
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
      case Presented.ActingAs acting -> ofToken(acting.token(), null, now);
      case Presented.NamedAgent named -> Optional.empty();
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
          case AGENT, SHARED -> ofAgent(token, now);
          case JOB -> ofJobHolder(token, job);
          case REGISTRATION -> Optional.empty();
        };
  }

  private Optional<Authenticated> ofUser(Secret token, Instant now) {
    return token.isEmpty() ? Optional.empty() : ofUser(TokenHash.of(token), now);
  }

  private Optional<Authenticated> ofUser(TokenHash hash, Instant now) {
    return lookup
        .user(hash)
        .filter(held -> held.token().isLive(now))
        .map(held ->
            new Authenticated(
                new Principal.OfUser(held.user(), held.token().id(), held.token().scope()),
                null,
                new KeyUse(hash, held.token().lastUsedAt(), null)));
  }

  private Optional<Authenticated> ofAgent(Secret key, Instant now) {
    TokenHash hash = TokenHash.of(key);
    return lookup
        .agent(hash, now)
        .map(login ->
            new Authenticated(
                principalOf(login),
                login.agent(),
                new KeyUse(hash, login.keyUsedAt(), login.installation())));
  }

  /** The agent that came by name, and was found before. */
  Optional<Authenticated> named(AgentId agent) {
    return agentLogins
        .byId(agent)
        .map(login -> new Authenticated(principalOf(login), login.agent(), null));
  }

  /** The agent that somebody acts as, who was found before. */
  Optional<Authenticated> actingAs(Principal.OfUser person, AgentId agent) {
    return agentLogins
        .byId(agent)
        .map(login ->
            new Authenticated(
                new Principal.ActingAs(person, principalOf(login)), login.agent(), null));
  }

  private static Principal.OfAgent principalOf(Login login) {
    Agent agent = login.agent();
    return new Principal.OfAgent(
        agent.id(), agent.name(), agent.tenant(), login.granted(), login.keyGeneration());
  }

  /** Of a job that is not there a token is derived too: a miss costs what a mismatch does. */
  private Optional<Authenticated> ofJobHolder(Secret token, @Nullable JobId job) {
    if (job == null) {
      return Optional.empty();
    }
    Optional<TenantId> known = jobs.tenantOf(job);
    boolean isIts = secrets.isJobToken(token, known.orElse(TenantId.SYSTEM), job);
    return known
        .filter(tenant -> isIts)
        .map(tenant -> new Authenticated(new Principal.OfJob(job, tenant), null, null));
  }

  private static boolean isOfKind(Secret token, TokenKind kind) {
    return Tokens.kindOf(token).filter(kind::equals).isPresent();
  }

  /**
   * A key or token that was shown.
   *
   * @param notedAt when it was last noted as used, or null
   * @param installation which installation of its agent speaks, or null where none has said
   */
  record KeyUse(TokenHash hash, @Nullable Instant notedAt, @Nullable UUID installation) {}

  /**
   * Somebody whose credential is good.
   *
   * @param agent the agent that it is, or null
   * @param key what was shown, or null where it was nothing of the caller's own
   */
  record Authenticated(Principal principal, @Nullable Agent agent, @Nullable KeyUse key) {
    boolean isAgent(UUID id) {
      return agent != null && agent.id().value().equals(id);
    }
  }
}
