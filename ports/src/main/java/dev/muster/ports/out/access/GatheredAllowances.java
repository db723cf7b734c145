package dev.muster.ports.out.access;

import dev.muster.domain.access.RequestWindow;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.CrossTenant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What {@link RequestAllowances} give, to many at once. */
@CrossTenant("callers of many tenants come at one moment, and are counted together")
public interface GatheredAllowances {
  /**
   * A slice that somebody would like to have.
   *
   * @param credential whose requests they are
   * @param limit requests a minute
   * @param wanted how many are of use at once
   */
  record Wish(TenantId tenant, UUID credential, int limit, int wanted) {}

  /**
   * Takes slices like {@link RequestAllowances#take}, in the order of the wishes.
   *
   * @return empty for each credential that somebody else counts at this moment: nothing was taken
   *     of it, and whoever asks for it alone waits for them
   */
  List<Optional<RequestWindow.Slice>> take(List<Wish> wishes);
}
