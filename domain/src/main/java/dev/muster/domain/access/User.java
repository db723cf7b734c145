package dev.muster.domain.access;

import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;

/**
 * A person, or a program of a person's.
 *
 * @param tenant the system tenant for an operator
 */
public record User(UserId id, TenantId tenant, String name, Role role, Instant createdAt) {
  /** Checks that operators, and only they, are in the system tenant. */
  public User {
    if ((role == Role.OPERATOR) != tenant.isSystem()) {
      throw new IllegalArgumentException("operators, and only they, are in the system tenant");
    }
  }
}
