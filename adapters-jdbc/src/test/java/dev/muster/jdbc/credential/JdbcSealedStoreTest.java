package dev.muster.jdbc.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.credential.Belonging;
import dev.muster.domain.credential.MasterKeys;
import dev.muster.domain.credential.SealedValues;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.Columns;
import dev.muster.jdbc.TenantRowsOfAll;
import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.credential.SealedStore.Stored;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcSealedStoreTest {
  private static final MasterKeys KEYS =
      MasterKeys.parse(Secret.of("4000000000:" + "00".repeat(32)));
  private static final long KEY = 4_000_000_000L;

  private static final byte[] VALUE = {1, 2, 3};
  private static final byte[] NONCE = new byte[SealedValues.NONCE_BYTES];

  private static TestDatabase database;
  private static TenantId tenant;

  @BeforeAll
  static void fill() {
    database = TestDatabase.open();
    tenant = database.aTenant();
    database
        .asSuperuser()
        .useHandle(handle ->
            TenantRowsOfAll.insert(
                handle, tenant, SealedTable.ALL.stream().map(SealedTable::name).toList()));
  }

  @BeforeEach
  void sealEach() {
    database
        .asSuperuser()
        .useHandle(handle ->
            SealedTable.ALL.forEach(table ->
                handle
                    .createUpdate("UPDATE " + table.name() + " SET sealed = :sealed")
                    .bind("sealed", values().seal(belonging(handle, table), VALUE, NONCE))
                    .execute()));
  }

  /** As whoever seals it names it, in so far as its row says. */
  private static Belonging belonging(Handle handle, SealedTable table) {
    return handle
        .createQuery(
            "SELECT %s AS owner, %s AS id, %s AS version FROM %s"
                .formatted(table.owner(), table.rowId(), table.version(), table.name()))
        .map((row, context) ->
            new Belonging(
                table.kind(),
                tenant,
                Columns.text(row, "owner"),
                Columns.text(row, "id"),
                row.getLong("version")))
        .one();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void every_table_with_sealed_values_is_known() {
    List<String> tables =
        database
            .asSuperuser()
            .withHandle(handle ->
                handle
                    .select(
                        """
                        SELECT table_name FROM information_schema.columns
                        WHERE table_schema = 'public' AND column_name = 'sealed'
                        """)
                    .mapTo(String.class)
                    .list());

    assertThat(SealedTable.ALL)
        .extracting(SealedTable::name)
        .containsExactlyInAnyOrderElementsOf(tables);
  }

  @Test
  void values_are_found_by_the_key_they_are_sealed_under() {
    long all = SealedTable.ALL.size();

    assertThat(store().countByKey()).isEqualTo(Map.of(KEY, all));
    assertThat(store().sealedUnder(Set.of(KEY), 10)).hasSize(SealedTable.ALL.size());
    assertThat(store().sealedUnder(Set.of(1L, 2L), 10)).isEmpty();
    assertThat(store().sealedUnder(Set.of(KEY), 10))
        .allSatisfy(
            found -> assertThat(values().open(found.belonging(), found.sealed())).hasValue(VALUE));
  }

  @Test
  void a_value_is_replaced_once_and_where_it_stands() {
    byte[] anew = new byte[40];
    for (Stored found : store().sealedUnder(Set.of(KEY), 10)) {
      assertThat(store().replace(found, anew)).as(found.toString()).isTrue();
      assertThat(store().replace(found, anew)).as(found.toString()).isFalse();
    }

    assertThat(store().countByKey()).isEqualTo(Map.of(0L, (long) SealedTable.ALL.size()));
  }

  @Test
  void what_has_not_even_the_form_is_under_no_key() {
    database
        .asSuperuser()
        .useHandle(handle -> handle.execute("UPDATE agent_update_keys SET sealed = '\\x00'"));

    assertThat(store().countByKey()).containsEntry(-1L, 1L);
    assertThat(store().sealedUnder(Set.of(KEY), 10)).hasSize(SealedTable.ALL.size() - 1);
  }

  private static JdbcSealedStore store() {
    return new JdbcSealedStore(database.transactions());
  }

  private static SealedValues values() {
    return new SealedValues(KEYS);
  }
}
