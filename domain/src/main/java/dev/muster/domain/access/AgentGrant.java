package dev.muster.domain.access;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A permission that an agent has beside being an agent.
 *
 * @param by who granted it
 * @param note why, or empty
 */
public record AgentGrant(Permission permission, Grantor by, Instant at, String note) {
  /** What every agent may, for itself; it ends only with the agent. */
  public static final Permission INNATE = Permission.DATA_WRITE;

  /**
   * Whether an agent can have it at all: what a member may. Its key lies on a host that nobody here
   * controls, so it never manages, never reads the audit log and never acts for others.
   */
  public static boolean isGrantable(Permission permission) {
    return Role.MEMBER.permissions().contains(permission);
  }

  /** All that an agent may which was granted these. */
  public static Set<Permission> withInnate(Set<Permission> granted) {
    EnumSet<Permission> all = EnumSet.of(INNATE);
    all.addAll(granted);
    return all;
  }

  /**
   * Who granted.
   *
   * @param kind {@code operator} or {@code user}
   * @param id of the user, or null where it is not known
   */
  public record Grantor(String kind, @Nullable UUID id, String name) {}
}
