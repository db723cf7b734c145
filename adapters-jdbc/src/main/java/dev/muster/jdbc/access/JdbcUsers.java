package dev.muster.jdbc.access;

import static dev.muster.jdbc.Columns.word;

import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.JdbcTransactions;
import dev.muster.jdbc.Keyset;
import dev.muster.ports.out.access.Users;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.util.Optional;

/** Users. Thread-safe. */
public final class JdbcUsers implements Users {
  private static final String ADD =
      """
      INSERT INTO users (tenant_id, id, name, role, created_at)
      VALUES (:tenant_id, :id, :name, :role, :created_at)
      ON CONFLICT (tenant_id, name) DO NOTHING
      """;

  private static final String FIND = "SELECT * FROM users WHERE id = :id";

  private static final String OPERATOR_NAMED =
      "SELECT * FROM users WHERE tenant_id = :system AND name = :name";

  private static final String ANY_OPERATOR =
      "SELECT EXISTS (SELECT FROM users WHERE tenant_id = :system)";

  private static final String LIST =
      """
      SELECT * FROM users
       WHERE (created_at, id) < (:after_at, :after_id)
       ORDER BY created_at DESC, id DESC
       LIMIT :limit
      """;

  private final JdbcTransactions transactions;

  /** On the given transactions. */
  public JdbcUsers(JdbcTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean add(User user) {
    int added =
        transactions.forAllTenants(handle ->
            handle
                .createUpdate(ADD)
                .bind("tenant_id", user.tenant().value())
                .bind("id", user.id().value())
                .bind("name", user.name())
                .bind("role", word(user.role()))
                .bind("created_at", user.createdAt())
                .execute());
    return added == 1;
  }

  @Override
  public Optional<User> find(UserId id) {
    return transactions.forAllTenants(
        handle -> handle.createQuery(FIND).bind("id", id.value()).map(UserRows::user).findOne());
  }

  @Override
  public Optional<User> operatorNamed(String name) {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(OPERATOR_NAMED)
            .bind("system", TenantId.SYSTEM.value())
            .bind("name", name)
            .map(UserRows::user)
            .findOne());
  }

  @Override
  public boolean anyOperator() {
    return transactions.forAllTenants(handle ->
        handle
            .createQuery(ANY_OPERATOR)
            .bind("system", TenantId.SYSTEM.value())
            .mapTo(Boolean.class)
            .one());
  }

  @Override
  public Page<User> list(PageRequest page) {
    return transactions.forAllTenants(handle ->
        Keyset.page(
            handle.createQuery(LIST),
            page,
            UserRows::user,
            user -> new Cursor(user.createdAt(), user.id().value())));
  }
}
