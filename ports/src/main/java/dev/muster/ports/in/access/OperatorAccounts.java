package dev.muster.ports.in.access;

import dev.muster.domain.access.User;
import dev.muster.domain.credential.Secret;
import dev.muster.ports.Outcome;

/** Operators made by whoever runs the server: from its configuration or its command line. */
public interface OperatorAccounts {
  /** Whether there is any operator. */
  boolean any();

  /**
   * Makes sure that this token, however it looks, authenticates the operator {@code admin}. One
   * that was configured before and replaced is out; one that was revoked stays so.
   */
  void ensureAdministrator(Secret token);

  /** Makes an operator with a token; {@code name_taken} where there is one of that name. */
  Outcome<Issued<User>> create(String name);

  /** Revokes all tokens of an operator and issues a new one. */
  Outcome<Issued<User>> resetToken(String name);
}
