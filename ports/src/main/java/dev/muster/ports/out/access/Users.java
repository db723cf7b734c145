package dev.muster.ports.out.access;

import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.ports.out.CrossTenant;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;
import java.util.Optional;

/** All users. */
@CrossTenant("operators administer the users of all tenants")
public interface Users {
  /** Adds a user; false where its tenant has one of that name. */
  boolean add(User user);

  /** The user of this id. */
  Optional<User> find(UserId id);

  /** The operator of this name. */
  Optional<User> operatorNamed(String name);

  /** Whether there is any operator. */
  boolean anyOperator();

  /** All users, newest first. */
  Page<User> list(PageRequest page);
}
