package dev.muster.jdbc;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the server's login is one that row-level security holds for, and a member of the two
 * roles that it works as, for which it must hold too: they may have been there before Muster.
 */
final class LoginCheck {
  private static final Logger LOG = LoggerFactory.getLogger(LoginCheck.class);
  private static final List<String> ROLES = List.of("muster_tenant", "muster_system");
  private static final int OLDEST = 150000;
  private static final int MEMBERSHIP_OPTIONS_SINCE = 160000;

  /** Before 16 every member may SET ROLE; since then that is an option of its own. */
  private static final String MAY_BECOME =
      """
      SELECT pg_has_role(:login, :role, CASE WHEN :version >= 160000 THEN 'SET' ELSE 'MEMBER' END)
      """;

  private LoginCheck() {}

  /**
   * Grants the roles to the server's login where it lacks them and the owner can. Where the owner
   * cannot, {@link #refuseUnfit} says what is missing.
   */
  static void grantRoles(Jdbi owner, String login) {
    owner.useTransaction(handle -> {
      // Two replicas that grant the same at once would disturb each other.
      handle.execute("SELECT pg_advisory_xact_lock(hashtext('muster roles'))");
      for (String role : ROLES) {
        if (!mayBecome(handle, login, role)) {
          grant(handle, role, login);
        }
      }
    });
  }

  private static void grant(Handle handle, String role, String login) {
    String options =
        version(handle) >= MEMBERSHIP_OPTIONS_SINCE ? " WITH INHERIT FALSE, SET TRUE" : "";
    String statement =
        handle
            .createQuery("SELECT format('GRANT %I TO %I', :role, :login)")
            .bind("role", role)
            .bind("login", login)
            .mapTo(String.class)
            .one();
    handle.savepoint("grant");
    try {
      handle.execute(statement + options);
    } catch (JdbiException refused) {
      handle.rollbackToSavepoint("grant");
      LOG.debug("the owner may not grant {}", role, refused);
    }
  }

  /**
   * Refuses an unfit login.
   *
   * @throws UnusableDatabaseException with what to do
   */
  static void refuseUnfit(Jdbi server) {
    server.useHandle(handle -> {
      int version = version(handle);
      require(version >= OLDEST, "PostgreSQL 15 or newer is needed, this is " + version / 10000);
      String login = handle.select("SELECT session_user").mapTo(String.class).one();
      require(isHeldByPolicies(handle, login), exempt(login) + "use a login that has neither");
      for (String role : ROLES) {
        require(
            isHeldByPolicies(handle, role),
            exempt(role) + "ALTER ROLE " + role + " NOSUPERUSER NOBYPASSRLS");
        require(
            mayBecome(handle, login, role),
            login + " may not become " + role + ": GRANT " + role + " TO " + login);
      }
    });
  }

  private static int version(Handle handle) {
    return handle
        .select("SELECT current_setting('server_version_num')::int")
        .mapTo(Integer.class)
        .one();
  }

  private static String exempt(String role) {
    return role + " is a superuser or has BYPASSRLS, so nothing would keep tenants apart: ";
  }

  private static boolean isHeldByPolicies(Handle handle, String role) {
    return handle
        .select("SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = ?", role)
        .mapTo(Boolean.class)
        .one();
  }

  private static boolean mayBecome(Handle handle, String login, String role) {
    return handle
        .createQuery(MAY_BECOME)
        .bind("login", login)
        .bind("role", role)
        .bind("version", version(handle))
        .mapTo(Boolean.class)
        .one();
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new UnusableDatabaseException(otherwise);
    }
  }
}
