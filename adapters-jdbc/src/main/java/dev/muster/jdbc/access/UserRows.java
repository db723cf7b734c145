package dev.muster.jdbc.access;

import static dev.muster.jdbc.Columns.constant;
import static dev.muster.jdbc.Columns.instant;
import static dev.muster.jdbc.Columns.instantOrNull;
import static dev.muster.jdbc.Columns.text;
import static dev.muster.jdbc.Columns.uuid;

import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.domain.access.UserToken;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.access.UserTokens.Held;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/** Users and their tokens from their columns. */
final class UserRows {
  private UserRows() {}

  static User user(ResultSet row, StatementContext unused) throws SQLException {
    return new User(
        new UserId(uuid(row, "id")),
        new TenantId(uuid(row, "tenant_id")),
        text(row, "name"),
        constant(row, "role", Role.class),
        instant(row, "created_at"));
  }

  /** A token's columns begin with {@code token_}, but for its user's id. */
  static Held held(ResultSet row, StatementContext context) throws SQLException {
    User user = user(row, context);
    return new Held(
        new UserToken(
            new TokenId(uuid(row, "token_id")),
            user.id(),
            text(row, "token_prefix"),
            text(row, "token_description"),
            ScopeRows.read(row),
            instant(row, "token_created_at"),
            instantOrNull(row, "token_expires_at"),
            instantOrNull(row, "token_revoked_at"),
            instantOrNull(row, "token_last_used_at")),
        user);
  }
}
