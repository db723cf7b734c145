package dev.muster.jdbc.audit;

/** The statements of the chains. */
final class ChainSql {
  /** Looked up for each entry of a few: a plan for many reads all links there are. */
  private static final String SEAL_OF_ENTRY =
      """
        LEFT JOIN LATERAL (
          SELECT seq FROM audit_seals
           WHERE tenant_id = entry.tenant_id AND at = entry.at AND entry_id = entry.id
           LIMIT 1) AS seal ON true
      """;

  /**
   * After a dump was restored into a younger cluster the sealer would be ahead of all transactions
   * to come: it begins anew, and passes what has a link.
   */
  static final String REWIND =
      """
      UPDATE audit_sealer SET xact = '0', at = '-infinity'
       WHERE xact >= pg_snapshot_xmax(pg_current_snapshot())
      """;

  /**
   * One statement, so one snapshot: what was written by a transaction below its xmin is either
   * visible in it or will never be.
   */
  static final String NEXT =
      """
      SELECT entry.*, seal.seq IS NOT NULL AS sealed
        FROM (SELECT * FROM audit_events
               WHERE (xact, at, id)
                     > ((SELECT xact FROM audit_sealer),
                        (SELECT at FROM audit_sealer),
                        (SELECT id FROM audit_sealer))
                 AND xact < pg_snapshot_xmin(pg_current_snapshot())
               ORDER BY xact, at, id
               LIMIT :most) AS entry
      """
          + SEAL_OF_ENTRY
          + "ORDER BY entry.xact, entry.at, entry.id";

  static final String PASS =
      """
      UPDATE audit_sealer
         SET (xact, at, id) = (
           SELECT xact, at, id FROM audit_events
            WHERE tenant_id = :tenant_id AND at = :at AND id = :id)
      """;

  static final String OLDEST_WAITING =
      """
      SELECT at FROM audit_events
       WHERE (xact, at, id)
             > ((SELECT xact FROM audit_sealer),
                (SELECT at FROM audit_sealer),
                (SELECT id FROM audit_sealer))
       ORDER BY xact, at, id
       LIMIT 1
      """;

  static final String ADD_SEALS =
      """
      INSERT INTO audit_seals (tenant_id, seq, at, entry_id, hash)
      SELECT tenant_id, seq, at, entry_id, decode(hash, 'hex')
        FROM unnest(:tenant_id, :seq, :at, :entry_id, :hash)
             AS added (tenant_id, seq, at, entry_id, hash)
      """;

  static final String PUT_HEAD =
      """
      INSERT INTO audit_heads
        (tenant_id, seq, hash, removed_through, removed_hash, broken_at, signed_at, signature)
      VALUES
        (:tenant_id, :seq, decode(:hash, 'hex'), :removed_through, decode(:removed_hash, 'hex'),
         :broken_at, :signed_at, :signature)
      ON CONFLICT (tenant_id) DO UPDATE SET
        seq = excluded.seq, hash = excluded.hash, removed_through = excluded.removed_through,
        removed_hash = excluded.removed_hash, broken_at = excluded.broken_at,
        signed_at = excluded.signed_at, signature = excluded.signature
      """;

  static final String STANDINGS =
      """
      SELECT asked.id AS asked_id, head.*, last.seq AS last_seq, last.hash AS last_hash
        FROM unnest(:tenants::uuid[]) AS asked (id)
        LEFT JOIN audit_heads AS head ON head.tenant_id = asked.id
        LEFT JOIN LATERAL (
          SELECT seq, hash FROM audit_seals AS seal
           WHERE seal.tenant_id = asked.id ORDER BY seq DESC LIMIT 1) AS last ON true
       WHERE head.tenant_id IS NOT NULL OR last.seq IS NOT NULL
      """;

  static final String HEADS =
      "SELECT * FROM audit_heads WHERE tenant_id > :after ORDER BY tenant_id LIMIT :most";

  static final String TENANTS =
      """
      SELECT id FROM tenants WHERE id > :after
       UNION
      SELECT tenant_id FROM audit_heads WHERE tenant_id > :after
       ORDER BY 1
       LIMIT :most
      """;

  static final String LINKS =
      """
      SELECT seal.seq, seal.at AS sealed_at, seal.entry_id, seal.hash, entry.*
        FROM (SELECT * FROM audit_seals
               WHERE tenant_id = :tenant_id AND seq > :after ORDER BY seq LIMIT :most) AS seal
        LEFT JOIN audit_events AS entry
          ON entry.tenant_id = :tenant_id AND entry.at = seal.at AND entry.id = seal.entry_id
       ORDER BY seal.seq
      """;

  static final String FILED =
      """
      SELECT entry.at, entry.id, seal.seq IS NOT NULL AS sealed,
             (entry.xact, entry.at, entry.id)
               > ((SELECT xact FROM audit_sealer),
                  (SELECT at FROM audit_sealer),
                  (SELECT id FROM audit_sealer)) AS waiting
        FROM (SELECT * FROM audit_events
               WHERE tenant_id = :tenant_id AND (at, id) > (:after_at, :after_id)
               ORDER BY at, id
               LIMIT :most) AS entry
      """
          + SEAL_OF_ENTRY
          + "ORDER BY entry.at, entry.id";

  private ChainSql() {}
}
