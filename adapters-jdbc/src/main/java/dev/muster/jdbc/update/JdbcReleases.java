package dev.muster.jdbc.update;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.update.Release;
import dev.muster.domain.update.Rollout;
import dev.muster.domain.update.RolloutStatus;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.SqlArray;
import dev.muster.ports.in.update.ReleaseAdministration.NewRelease;
import dev.muster.ports.in.update.ReleaseAdministration.Tally;
import dev.muster.ports.out.update.Releases;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;

/** The releases of the installation. Thread-safe. */
public final class JdbcReleases implements Releases {
  private static final String ADD =
      """
      INSERT INTO releases
        (sequence, floor, version, least_java, length, sha256, publisher_signature, percentage,
         regions, pinned, status, rolled_out_at, artifact, created_at, created_by)
      VALUES
        (:sequence, :floor, :version, :least_java, :length, :sha256, :publisher_signature,
         :percentage, :regions, :pinned, :status, :rolled_out_at, :artifact, :created_at,
         :created_by)
      ON CONFLICT (sequence) DO NOTHING
      """;

  private static final String FIND = "SELECT * FROM releases WHERE sequence = :sequence";

  private static final String LOCK = FIND + " FOR NO KEY UPDATE";

  private static final String LIST =
      """
      SELECT * FROM releases
       WHERE (created_at, sequence) < (:after_at, :after_sequence)
       ORDER BY created_at DESC, sequence DESC
       LIMIT :limit
      """;

  private static final String ON_OFFER =
      """
      SELECT * FROM releases
       WHERE status = 'running' AND artifact IS NOT NULL
       ORDER BY sequence DESC
       LIMIT 50
      """;

  private static final String REPLACE =
      """
      UPDATE releases
         SET percentage = :percentage, regions = :regions, pinned = :pinned, status = :status,
             rolled_out_at = :rolled_out_at, artifact = :artifact
       WHERE sequence = :sequence
      """;

  private static final String TALLY =
      """
      SELECT count(*) AS offered,
             count(*) FILTER (WHERE outcome = 'applied') AS applied,
             count(*) FILTER (WHERE outcome = 'reverted') AS reverted,
             count(*) FILTER (WHERE outcome = 'rejected') AS rejected
        FROM agent_updates
       WHERE sequence = :sequence
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcReleases(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean add(KeptRelease release) {
    return transactions.forAllTenants(handle -> {
      Release what = release.release().release();
      return bind(handle.createUpdate(ADD), release)
              .bind("floor", what.floor())
              .bind("version", what.version())
              .bind("least_java", what.leastJava())
              .bind("length", what.length())
              .bind("sha256", what.sha256())
              .bind("publisher_signature", release.release().publisherSignature())
              .bind("created_at", release.createdAt())
              .bind("created_by", release.createdBy())
              .execute()
          == 1;
    });
  }

  @Override
  public Optional<KeptRelease> find(long sequence) {
    return one(FIND, sequence);
  }

  @Override
  public Optional<KeptRelease> lock(long sequence) {
    return one(LOCK, sequence);
  }

  private Optional<KeptRelease> one(String sql, long sequence) {
    return transactions.forAllTenants(handle ->
        handle.createQuery(sql).bind("sequence", sequence).map(JdbcReleases::kept).findOne());
  }

  @Override
  public Page<KeptRelease> list(PageRequest page) {
    Cursor after = page.after();
    List<KeptRelease> found =
        transactions.forAllTenants(handle ->
            handle
                .createQuery(LIST)
                .bind(
                    "after_at", after == null ? Instant.parse("9999-12-31T00:00:00Z") : after.at())
                .bind(
                    "after_sequence",
                    after == null ? Long.MAX_VALUE : after.id().getLeastSignificantBits())
                .bind("limit", page.limit() + 1)
                .map(JdbcReleases::kept)
                .list());
    return Page.of(
        found,
        page.limit(),
        release -> new Cursor(release.createdAt(), new UUID(0, release.sequence())));
  }

  @Override
  public List<KeptRelease> onOffer() {
    return transactions.forAllTenants(
        handle -> handle.createQuery(ON_OFFER).map(JdbcReleases::kept).list());
  }

  @Override
  public void replace(KeptRelease release) {
    int changed =
        transactions.forAllTenants(handle -> bind(handle.createUpdate(REPLACE), release).execute());
    if (changed != 1) {
      throw new IllegalStateException("there is no release " + release.sequence());
    }
  }

  @Override
  public Tally tally(long sequence) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(TALLY)
            .bind("sequence", sequence)
            .map((row, context) ->
                new Tally(
                    row.getInt("offered"),
                    row.getInt("applied"),
                    row.getInt("reverted"),
                    row.getInt("rejected")))
            .one());
  }

  private static Update bind(Update statement, KeptRelease release) {
    Rollout rollout = release.rollout();
    return statement
        .bind("sequence", release.sequence())
        .bind("percentage", rollout.percentage())
        .bind("regions", SqlArray.of(String.class, List.copyOf(rollout.regions())))
        .bind(
            "pinned",
            SqlArray.of(UUID.class, rollout.pinned().stream().map(AgentId::value).toList()))
        .bind("status", Columns.word(rollout.status()))
        .bind("rolled_out_at", release.rolledOutAt())
        .bindByType("artifact", release.artifact(), UUID.class);
  }

  private static KeptRelease kept(ResultSet row, StatementContext context) throws SQLException {
    Release release =
        new Release(
            row.getLong("sequence"),
            row.getLong("floor"),
            Columns.text(row, "version"),
            row.getInt("least_java"),
            row.getLong("length"),
            Columns.text(row, "sha256"));
    Rollout rollout =
        new Rollout(
            row.getInt("percentage"),
            Set.copyOf(Columns.texts(row, "regions")),
            pinned(row),
            Columns.constant(row, "status", RolloutStatus.class));
    return new KeptRelease(
        new NewRelease(release, row.getString("publisher_signature")),
        rollout,
        Columns.instant(row, "rolled_out_at"),
        Columns.uuidOrNull(row, "artifact"),
        Columns.instant(row, "created_at"),
        Columns.text(row, "created_by"));
  }

  private static Set<AgentId> pinned(ResultSet row) throws SQLException {
    return Stream.of((UUID[]) row.getArray("pinned").getArray())
        .map(AgentId::new)
        .collect(Collectors.toSet());
  }
}
