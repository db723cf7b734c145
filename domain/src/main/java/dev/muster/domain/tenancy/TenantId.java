package dev.muster.domain.tenancy;

import java.util.UUID;

/** Which customer something belongs to. */
public record TenantId(UUID value) {
  /** The tenant that owns the platform agents; no ordinary tenant can have this id. */
  public static final TenantId SYSTEM =
      new TenantId(UUID.fromString("00000000-0000-0000-0000-000000000001"));

  /** Whether this is the tenant that owns the platform agents. */
  public boolean isSystem() {
    return equals(SYSTEM);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
