package dev.muster.ports.in.audit;

import dev.muster.domain.access.Action;
import dev.muster.ports.in.access.Caller;

/** Notes what people read, where that is wanted. */
public interface ReadAudit {
  /**
   * Notes a read before it is answered. Of agents, of holders of job tokens, and of what is no read
   * or is noted anyhow, nothing is noted.
   *
   * @param what is read, as the request names it, without its query
   */
  void note(Caller caller, Action action, String what);
}
