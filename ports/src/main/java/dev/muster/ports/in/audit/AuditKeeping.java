package dev.muster.ports.in.audit;

import java.util.List;

/**
 * What the server does for the audit log by its own clock. Each runs on one replica at a time and
 * may be called as often as one likes; each answers how much it did.
 */
public interface AuditKeeping {
  /** Links the entries that were committed since. */
  int seal();

  /** Tells the log how far each tenant's chain reaches, where it has grown. */
  int publishHeads();

  /** Removes what is past its tenant's retention. */
  int removeOld();

  /** What an operator should look at, in short words; empty when all is well. */
  List<String> warnings();
}
