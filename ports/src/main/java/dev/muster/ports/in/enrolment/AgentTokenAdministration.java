package dev.muster.ports.in.enrolment;

import dev.muster.domain.enrolment.AgentToken;
import dev.muster.domain.enrolment.AgentTokenId;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Issued;
import dev.muster.ports.paging.Page;
import dev.muster.ports.paging.PageRequest;

/**
 * The tokens with which a tenant's agents present themselves by name. Operators have no tenant, and
 * so are {@code tenant_required}.
 */
public interface AgentTokenAdministration {
  /** Makes a token of the caller's tenant. */
  Outcome<Issued<AgentToken>> create(Caller caller, String name);

  /** The tokens of the caller's tenant, newest first; that they were read is audited. */
  Outcome<Page<AgentToken>> list(Caller caller, PageRequest page);

  /**
   * Takes a token back; repeating it changes nothing. Agents that came with it last are out at
   * once, and their jobs go back into the queue.
   */
  Outcome<AgentToken> revoke(Caller caller, AgentTokenId token);
}
