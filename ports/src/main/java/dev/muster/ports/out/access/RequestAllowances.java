package dev.muster.ports.out.access;

import dev.muster.domain.access.RequestWindow;
import dev.muster.domain.tenancy.TenantId;
import java.util.UUID;

/** How often each credential may still call, over all replicas. */
public interface RequestAllowances {
  /**
   * Takes a slice for a replica by {@link RequestWindow#take}, at the database's time; what was
   * taken stays taken, used or not.
   *
   * @param credential whose requests they are
   * @param limit requests a minute
   * @param wanted how many are of use at once
   */
  RequestWindow.Slice take(TenantId tenant, UUID credential, int limit, int wanted);
}
