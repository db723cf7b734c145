package dev.muster.jdbc.enrolment;

/** The statements of {@link JdbcSharedAgentPools}. */
final class SharedAgentSql {
  static final String ADD_POOL =
      """
      INSERT INTO shared_agent_pools
        (tenant_id, min_replicas, max_replicas, cpu_target_pct, created_at)
      VALUES (:tenant_id, :min_replicas, :max_replicas, :cpu_target_pct, :created_at)
      ON CONFLICT (tenant_id) DO NOTHING
      """;

  static final String FIND_POOL = "SELECT * FROM shared_agent_pools WHERE tenant_id = :tenant_id";

  static final String LOCK_POOL = FIND_POOL + " FOR UPDATE";

  static final String HOLD_POOL =
      "SELECT tenant_id FROM shared_agent_pools WHERE tenant_id = :tenant_id FOR SHARE";

  static final String KEY = "SELECT * FROM platform_keys WHERE tenant_id = :tenant_id AND id = :id";

  static final String ADD_KEY =
      """
      INSERT INTO platform_keys (tenant_id, id, key_id, sealed, created_at, expires_at)
      VALUES (:tenant_id, :id, :key_id, :sealed, :created_at, :expires_at)
      """;

  static final String LIVE_KEYS =
      """
      SELECT * FROM platform_keys
       WHERE tenant_id = :tenant_id AND (expires_at IS NULL OR expires_at > :now)
       ORDER BY created_at DESC, id DESC
      """;

  static final String END_KEY =
      """
      UPDATE platform_keys SET expires_at = least(expires_at, :end)
       WHERE tenant_id = :tenant_id AND id = :key
      """;

  static final String END_TOKENS_OF_KEY =
      """
      UPDATE agent_keys SET expires_at = least(expires_at, :end)
       WHERE tenant_id = :tenant_id AND platform_key = :key
      """;

  /** Whoever inserts the same waits until the first one's transaction has ended. */
  static final String USE_NONCE =
      """
      INSERT INTO registration_nonces (tenant_id, nonce, keep_until)
      VALUES (:tenant_id, :nonce, :keep_until)
      ON CONFLICT (tenant_id, nonce) DO NOTHING
      """;

  static final String FORGET_NONCES =
      """
      DELETE FROM registration_nonces
       WHERE (tenant_id, nonce) IN (
         SELECT tenant_id, nonce FROM registration_nonces
          WHERE tenant_id = :tenant_id AND keep_until < :now
          ORDER BY keep_until
          LIMIT 10
            FOR UPDATE SKIP LOCKED)
      """;

  private SharedAgentSql() {}
}
