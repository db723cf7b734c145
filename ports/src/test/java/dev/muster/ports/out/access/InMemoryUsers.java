package dev.muster.ports.out.access;

import dev.muster.domain.access.Role;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.ports.out.InMemoryPages;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import dev.muster.ports.paging.Cursor;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.util.Optional;

/** All users, in memory. */
public final class InMemoryUsers implements Users {
  private final InMemoryStorage storage;
  private final InMemoryTable<UserId, User> users;

  /** Without any. */
  public InMemoryUsers(InMemoryStorage storage) {
    this.storage = storage;
    this.users = storage.table();
  }

  @Override
  public boolean add(User user) {
    return storage.forAllTenants(() -> {
      boolean taken =
          users.stream()
              .anyMatch(other ->
                  other.tenant().equals(user.tenant()) && other.name().equals(user.name()));
      if (!taken) {
        users.put(user.id(), user);
      }
      return !taken;
    });
  }

  @Override
  public Optional<User> find(UserId id) {
    return storage.forAllTenants(() -> users.find(id));
  }

  @Override
  public Optional<User> operatorNamed(String name) {
    return storage.forAllTenants(() ->
        users.stream()
            .filter(InMemoryUsers::isOperator)
            .filter(u -> u.name().equals(name))
            .findFirst());
  }

  @Override
  public boolean anyOperator() {
    return storage.forAllTenants(() -> users.stream().anyMatch(InMemoryUsers::isOperator));
  }

  private static boolean isOperator(User user) {
    return user.role() == Role.OPERATOR;
  }

  @Override
  public Page<User> list(PageRequest page) {
    return storage.forAllTenants(() ->
        InMemoryPages.newestFirst(
            users.stream(), user -> new Cursor(user.createdAt(), user.id().value()), page));
  }
}
