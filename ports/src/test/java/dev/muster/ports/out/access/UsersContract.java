package dev.muster.ports.out.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.access.Role;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Pages;
import dev.muster.ports.out.Samples;
import org.junit.jupiter.api.Test;

/** What {@link Users} must do. */
public abstract class UsersContract {
  protected abstract Users users();

  /** The id of a tenant that is there. */
  protected abstract TenantId aTenant();

  @Test
  void a_user_is_found_as_it_was_added() {
    User user = Samples.user(aTenant());

    assertThat(users().add(user)).isTrue();

    assertThat(users().find(user.id())).contains(user);
    assertThat(users().find(new UserId(Samples.id()))).isEmpty();
  }

  @Test
  void a_name_is_taken_once_within_a_tenant() {
    User user = Samples.user(aTenant());
    users().add(user);

    assertThat(users().add(named(user.name(), user.tenant()))).isFalse();
    assertThat(users().add(named(user.name(), aTenant()))).isTrue();
  }

  @Test
  void an_operator_is_found_by_name_and_nobody_else_is() {
    User operator = Samples.user(TenantId.SYSTEM);
    User admin = Samples.user(aTenant());
    users().add(operator);
    users().add(admin);

    assertThat(users().operatorNamed(operator.name())).contains(operator);
    assertThat(users().operatorNamed(admin.name())).isEmpty();
    assertThat(users().anyOperator()).isTrue();
  }

  @Test
  void users_are_listed_newest_first() {
    User older = Samples.user(aTenant());
    User newer = Samples.user(aTenant());
    users().add(newer);
    users().add(older);

    assertThat(Pages.all(1, users()::list)).containsSubsequence(newer, older);
  }

  private static User named(String name, TenantId tenant) {
    return new User(new UserId(Samples.id()), tenant, name, Role.MEMBER, Samples.NOW);
  }
}
