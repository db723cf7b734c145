package dev.muster.ports.out.access;

import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.CrossTenant;
import java.util.List;
import java.util.UUID;

/** Which signed requests were carried out: each nonce is claimed once. */
@CrossTenant("requests of many agents that come at the same moment are claimed by one statement")
public interface CommandNonces {
  /**
   * Claims nonces, each unless it was claimed before.
   *
   * @return for each, in their order, whether it was claimed now; of equal ones at most one
   */
  List<Boolean> claim(List<Nonce> nonces);

  /** Forgets what is older than it could be used; answers whether there was anything. */
  boolean forget();

  /**
   * A nonce.
   *
   * @param scope whose it is: the agent
   * @param timestamp of the request, in seconds since 1970
   */
  record Nonce(TenantId tenant, UUID scope, long timestamp, String value) {}
}
