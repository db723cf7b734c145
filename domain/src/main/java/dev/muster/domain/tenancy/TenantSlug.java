package dev.muster.domain.tenancy;

import java.util.regex.Pattern;

/** The short name of a tenant: a DNS label, so that it can stand in a host name. */
public record TenantSlug(String value) {
  /** What a slug looks like. */
  public static final Pattern PATTERN = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  /** The tenant that local mode makes at start. */
  public static final TenantSlug LOCAL = new TenantSlug("local");

  /** Checks the form. */
  public TenantSlug {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException("not a tenant slug");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
