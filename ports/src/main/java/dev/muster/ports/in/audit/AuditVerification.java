package dev.muster.ports.in.audit;

import dev.muster.domain.audit.Finding;
import dev.muster.domain.audit.SignedHead;
import java.util.List;
import java.util.function.Consumer;

/** Whether the audit logs are what was sealed. For whoever runs the server. */
public interface AuditVerification {
  /**
   * Goes through every tenant's log.
   *
   * @param exported heads that were kept elsewhere
   * @param found told of each finding as it comes
   */
  Verified verify(List<SignedHead> exported, Consumer<Finding> found);

  /**
   * How much was looked at.
   *
   * @param waiting entries that have no link yet, because they are too young
   */
  record Verified(int tenants, long links, long waiting, long findings) {}

  /** The heads of all tenants, to be kept elsewhere. */
  void heads(Consumer<SignedHead> each);
}
