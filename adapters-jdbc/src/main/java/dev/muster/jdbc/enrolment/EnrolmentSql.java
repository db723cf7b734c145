package dev.muster.jdbc.enrolment;

import dev.muster.jdbc.fleet.JdbcAgentRows;

/** The statements of {@link JdbcEnrolmentTokens}. */
final class EnrolmentSql {
  static final String ADD =
      """
      INSERT INTO enrolment_tokens
        (tenant_id, id, hash, prefix, description, region, capabilities, tools, max_uses, uses,
         expires_at, revoked_at, revocation_reason, created_at, created_by)
      VALUES
        (:tenant_id, :id, :hash, :prefix, :description, :region, :capabilities, :tools, :max_uses,
         :uses, :expires_at, :revoked_at, :revocation_reason, :created_at, :created_by)
      """;

  static final String FIND =
      "SELECT * FROM enrolment_tokens WHERE tenant_id = :tenant_id AND id = :id";

  static final String HELD = FIND + " FOR SHARE";

  static final String BY_HASH = "SELECT * FROM enrolment_tokens WHERE hash = :hash";

  static final String LIST =
      """
      SELECT * FROM enrolment_tokens
       WHERE tenant_id = :tenant_id AND (created_at, id) < (:after_at, :after_id)
       ORDER BY created_at DESC, id DESC
       LIMIT :limit
      """;

  static final String REVOKE =
      """
      UPDATE enrolment_tokens
         SET revoked_at = :at, revocation_reason = :reason
       WHERE tenant_id = :tenant_id AND id = :id AND revoked_at IS NULL
      """;

  /** Whoever comes second waits for the row, and then finds the conditions as they are by then. */
  static final String USE =
      """
      UPDATE enrolment_tokens
         SET uses = uses + 1
       WHERE tenant_id = :tenant_id AND id = :id
         AND uses < max_uses AND revoked_at IS NULL AND expires_at > :now
      """;

  static final String JOINED =
      """
      INSERT INTO enrolments (tenant_id, token_id, agent_id, registration_id, joined_at)
      VALUES (:tenant_id, :token_id, :agent_id, :registration_id, :at)
      """;

  static final String JOINED_AS =
      """
      SELECT agent_id
        FROM enrolments
       WHERE tenant_id = :tenant_id AND token_id = :token_id
         AND registration_id = :registration_id AND joined_at >= :since
       ORDER BY joined_at DESC
       LIMIT 1
      """;

  static final String REGISTRATIONS =
      "SELECT joined_at, "
          + JdbcAgentRows.COLUMNS
          + """
            FROM enrolments
            JOIN agents AS agent
              ON agent.tenant_id = enrolments.tenant_id AND agent.id = enrolments.agent_id
           WHERE enrolments.tenant_id = :tenant_id AND enrolments.token_id = :token_id
             AND (enrolments.joined_at, enrolments.agent_id) < (:after_at, :after_id)
           ORDER BY enrolments.joined_at DESC, enrolments.agent_id DESC
           LIMIT :limit
          """;

  private EnrolmentSql() {}
}
