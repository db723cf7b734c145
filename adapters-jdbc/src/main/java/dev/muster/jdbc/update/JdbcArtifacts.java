package dev.muster.jdbc.update;

import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.ports.out.update.Artifacts;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Artifacts, a row for each piece. Thread-safe. */
public final class JdbcArtifacts implements Artifacts {
  private static final String ADD =
      """
      INSERT INTO release_pieces (upload, number, piece, at) VALUES (:upload, :number, :piece, :at)
      """;

  private static final String FIND =
      "SELECT piece FROM release_pieces WHERE upload = :upload AND number = :number";

  private static final String REMOVE = "DELETE FROM release_pieces WHERE upload = :upload";

  /** Of uploads whose first piece is old: one that is still coming may be slow. */
  private static final String REMOVE_ABANDONED =
      """
      DELETE FROM release_pieces
       WHERE upload IN (
         SELECT upload FROM release_pieces WHERE number = 0 AND at < :before
         EXCEPT SELECT artifact FROM releases WHERE artifact IS NOT NULL)
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcArtifacts(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void add(UUID upload, int number, byte[] piece, Instant at) {
    transactions.forAllTenants(handle ->
        handle
            .createUpdate(ADD)
            .bind("upload", upload)
            .bind("number", number)
            .bind("piece", piece)
            .bind("at", at)
            .execute());
  }

  @Override
  public Optional<byte[]> find(UUID upload, int number) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(FIND)
            .bind("upload", upload)
            .bind("number", number)
            .map((row, context) -> Columns.bytes(row, "piece"))
            .findOne());
  }

  @Override
  public void remove(UUID upload) {
    transactions.forAllTenants(
        handle -> handle.createUpdate(REMOVE).bind("upload", upload).execute());
  }

  @Override
  public int removeAbandoned(Instant before) {
    return transactions.forAllTenants(
        handle -> handle.createUpdate(REMOVE_ABANDONED).bind("before", before).execute());
  }
}
