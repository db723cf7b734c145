package dev.muster.jdbc.enrolment;

import static dev.muster.jdbc.Columns.instant;
import static dev.muster.jdbc.Columns.instantOrNull;
import static dev.muster.jdbc.Columns.text;
import static dev.muster.jdbc.Columns.texts;
import static dev.muster.jdbc.Columns.uuid;

import dev.muster.domain.enrolment.Constraints;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.enrolment.EnrolmentTokenId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.SqlArray;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.TreeSet;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** Enrolment tokens to and from their columns. */
final class EnrolmentTokenRows {
  private EnrolmentTokenRows() {}

  static EnrolmentToken read(ResultSet row, StatementContext unused) throws SQLException {
    return new EnrolmentToken(
        new EnrolmentTokenId(uuid(row, "id")),
        new TenantId(uuid(row, "tenant_id")),
        text(row, "prefix"),
        text(row, "description"),
        new Constraints(
            row.getString("region"),
            new TreeSet<>(texts(row, "capabilities")),
            new TreeSet<>(texts(row, "tools"))),
        row.getInt("max_uses"),
        row.getInt("uses"),
        instant(row, "expires_at"),
        instantOrNull(row, "revoked_at"),
        row.getString("revocation_reason"),
        instant(row, "created_at"),
        text(row, "created_by"));
  }

  static <S extends SqlStatement<S>> S bind(S statement, EnrolmentToken token) {
    return statement
        .bind("id", token.id().value())
        .bind("prefix", token.prefix())
        .bind("description", token.description())
        .bind("region", token.constraints().region())
        .bind("capabilities", SqlArray.of(String.class, token.constraints().capabilities()))
        .bind("tools", SqlArray.of(String.class, token.constraints().tools()))
        .bind("max_uses", token.maxUses())
        .bind("uses", token.uses())
        .bind("expires_at", token.expiresAt())
        .bindByType("revoked_at", token.revokedAt(), Instant.class)
        .bind("revocation_reason", token.revocationReason())
        .bind("created_at", token.createdAt())
        .bind("created_by", token.createdBy());
  }
}
