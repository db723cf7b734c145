package dev.muster.http.api;

import dev.muster.domain.access.Action;
import dev.muster.domain.access.Principal;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.TokenScope;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.access.Access;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Presented;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Knows four tokens, one for each kind of caller, which a test may revoke. */
final class AccessFake implements Access {
  static final String OPERATOR = "operator";
  static final String USER = "user";
  static final String AGENT = "agent";
  static final String JOB = "job";

  private final Map<String, Principal> principals = new ConcurrentHashMap<>();
  private final List<String> denied = new CopyOnWriteArrayList<>();

  AccessFake() {
    principals.put(OPERATOR, user(TenantId.SYSTEM, Role.OPERATOR));
    principals.put(USER, user(Samples.TENANT_ID, Role.ADMIN));
    principals.put(
        AGENT,
        new Principal.OfAgent(
            new AgentId(Samples.ID), new AgentName("scanner-1"), Samples.TENANT_ID, Set.of(), 0));
    principals.put(JOB, new Principal.OfJob(Samples.JOB_ID, Samples.TENANT_ID));
  }

  /** What was noted of callers that spoke for others. */
  List<String> denied() {
    return List.copyOf(denied);
  }

  @Override
  public void denied(Caller caller, Action action, String code) {
    denied.add(action.wireName() + " " + code);
  }

  void revoke(String token) {
    principals.remove(token);
  }

  @Override
  public Outcome<Caller> admit(
      Presented presented,
      @Nullable CertificateFingerprint certificate,
      Action action,
      Audience audience,
      AuditEntry.Origin origin,
      @Nullable JobId job) {
    if (presented instanceof Presented.ActingAs) {
      return Outcome.refused(Refusal.Code.FORBIDDEN, "Nobody acts as an agent here.");
    }
    var principal =
        presented instanceof Presented.Token token ? principals.get(token.token().reveal()) : null;
    if (principal == null) {
      return Outcome.refused(Refusal.Code.UNAUTHENTICATED, "");
    }
    if (!belongs(principal, audience, job)) {
      var code =
          audience == Audience.OPERATORS ? Refusal.Code.OPERATOR_REQUIRED : Refusal.Code.FORBIDDEN;
      return Outcome.refused(code, "This is for others.");
    }
    return principal.may(action)
        ? Outcome.done(new Caller(principal, origin))
        : Outcome.refused(Refusal.Code.FORBIDDEN, "The permission is missing.");
  }

  private static boolean belongs(Principal principal, Audience audience, @Nullable JobId job) {
    return switch (audience) {
      case OPERATORS -> principal instanceof Principal.OfUser user && user.isOperator();
      case USERS -> principal instanceof Principal.OfUser;
      case USERS_AND_JOB_HOLDERS ->
          principal instanceof Principal.OfUser
              || principal instanceof Principal.OfJob holder && holder.job().equals(job);
      case AGENTS -> principal instanceof Principal.OfAgent;
    };
  }

  private static Principal user(TenantId tenant, Role role) {
    var user = new User(new UserId(Samples.ID), tenant, "Ada", role, Samples.AT);
    return new Principal.OfUser(user, new TokenId(Samples.ID), TokenScope.ALL);
  }
}
