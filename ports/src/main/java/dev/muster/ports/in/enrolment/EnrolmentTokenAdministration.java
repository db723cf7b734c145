package dev.muster.ports.in.enrolment;

import dev.muster.domain.enrolment.Constraints;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.enrolment.EnrolmentTokenId;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * Bootstrap tokens (of the system tenant, for operators) and registration tokens (of a tenant). A
 * tenant that is not the caller's own is {@code not_found} unless the caller is an operator.
 */
public interface EnrolmentTokenAdministration {
  /** Makes a token: a bootstrap token where the tenant is the system tenant. */
  Outcome<Issued<EnrolmentToken>> create(Caller caller, TenantId tenant, NewEnrolmentToken token);

  /** The tenant's tokens, newest first. */
  Outcome<Page<EnrolmentToken>> list(Caller caller, TenantId tenant, PageRequest page);

  /** Takes a token back; repeating it changes nothing. */
  Outcome<EnrolmentToken> revoke(
      Caller caller, TenantId tenant, EnrolmentTokenId token, @Nullable String reason);

  /** The agents that joined with a token, newest first. */
  Outcome<Page<Agent>> registrations(
      Caller caller, TenantId tenant, EnrolmentTokenId token, PageRequest page);

  /** A token to be made. */
  record NewEnrolmentToken(
      String description, int expiresInHours, int maxUses, Constraints constraints) {}
}
