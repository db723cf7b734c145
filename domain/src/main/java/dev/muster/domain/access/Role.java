package dev.muster.domain.access;

import dev.muster.domain.identity.WireNamed;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a user is, and so may do. */
public enum Role implements WireNamed {
  /** Runs the installation; has every permission in every tenant. */
  OPERATOR(EnumSet.allOf(Permission.class)),
  /** Runs one tenant. */
  ADMIN(EnumSet.complementOf(EnumSet.of(Permission.SYSTEM_ADMIN, Permission.AGENT_IMPERSONATE))),
  /** Works in one tenant. */
  MEMBER(
      EnumSet.of(
          Permission.WORKFLOW_EXECUTE,
          Permission.WORKFLOW_READ,
          Permission.INTEGRATION_EXECUTE,
          Permission.INTEGRATION_READ,
          Permission.DATA_READ,
          Permission.EVENT_PUBLISH,
          Permission.EVENT_SUBSCRIBE)),
  /** Looks, in one tenant. */
  AUDITOR(
      EnumSet.of(
          Permission.WORKFLOW_READ,
          Permission.INTEGRATION_READ,
          Permission.DATA_READ,
          Permission.DATA_QUERY));

  private final Set<Permission> permissions;

  Role(EnumSet<Permission> permissions) {
    this.permissions = Collections.unmodifiableSet(permissions);
  }

  /** What this role may do. */
  public Set<Permission> permissions() {
    return permissions;
  }
}
