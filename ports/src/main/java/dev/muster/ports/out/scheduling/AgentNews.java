package dev.muster.ports.out.scheduling;

import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.in.scheduling.JobDispatch.Control;
import dev.muster.ports.out.CrossTenant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What there is to say to agents that wait. */
@CrossTenant("one replica answers agents of all tenants")
public interface AgentNews {
  /**
   * How agents stand and what they have not been told by now; an agent that is gone is left out.
   */
  Map<AgentId, News> of(Collection<AgentId> agents, Instant now);

  /**
   * Agents for which there may be something by now: told of a control or a cancel not yet, to be
   * told to look for a release, disabled, or with keys taken back not long ago.
   */
  Set<AgentId> concerned(Instant now);

  /** Notes that an agent was told what {@link #of} had for it. */
  void told(AgentId agent, News news);

  /**
   * How an agent stands.
   *
   * @param agent with the number of its leased jobs
   * @param control to drain or to resume, or null
   * @param nudgeDue since when it is to be told to look for a release, or null
   * @param cancels jobs to stop that it was not told of yet
   * @param keyGeneration how often all its keys have been taken back
   */
  record News(
      Agent agent,
      @Nullable AgentControl control,
      @Nullable Instant nudgeDue,
      List<Control.Cancel> cancels,
      int keyGeneration) {
    /** Copies the list. */
    public News {
      cancels = List.copyOf(cancels);
    }

    /** Whether there is anything to tell. */
    public boolean isEmpty() {
      return control == null && nudgeDue == null && cancels.isEmpty();
    }
  }
}
