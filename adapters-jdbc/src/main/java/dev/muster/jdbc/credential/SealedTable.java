package dev.muster.jdbc.credential;

import java.util.List;

/**
 * A table with a column {@code sealed}, and what its values belong to, as SQL over its columns. A
 * test holds the list to the tables that there are.
 *
 * @param kind as it is sealed into the values
 * @param owner whose a row's value is
 * @param rowId the id of the row
 * @param version how often the row's value was replaced
 */
record SealedTable(String name, String kind, String owner, String rowId, String version) {
  static final List<SealedTable> ALL =
      List.of(
          new SealedTable(
              "agent_update_keys",
              "agent_update_key",
              "agent_id::text",
              "agent_id::text",
              "version"),
          new SealedTable(
              "agent_signing_secrets",
              "agent_signing_secret",
              "agent_id::text",
              "agent_id::text",
              "version"),
          new SealedTable("platform_keys", "platform_key", "'shared_agent_pool'", "id::text", "1"));

  /** The id of the master key stands behind the first byte, as four bytes; -1 where none does. */
  private static final String KEY =
      "CASE WHEN length(sealed) > 4"
          + " THEN ('x00000000' || encode(substring(sealed FROM 2 FOR 4), 'hex'))::bit(64)::bigint"
          + " ELSE -1 END";

  String count() {
    return "SELECT %s AS key, count(*) AS count FROM %s GROUP BY 1".formatted(KEY, name);
  }

  String sealedUnder() {
    return """
    SELECT '%s' AS kind, tenant_id, %s AS owner, %s AS row_id, %s AS version, sealed
      FROM %s
     WHERE (%s) = ANY (:keys)
     ORDER BY tenant_id, row_id, version
     LIMIT :most
    """
        .formatted(kind, owner, rowId, version, name, KEY);
  }

  String replace() {
    return """
    UPDATE %s SET sealed = :anew
     WHERE tenant_id = :tenant AND %s = :rowId AND %s = :version AND sealed = :before
    """
        .formatted(name, rowId, version);
  }
}
