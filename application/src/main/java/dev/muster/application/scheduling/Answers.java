package dev.muster.application.scheduling;

import dev.muster.domain.fleet.AgentControl;
import dev.muster.domain.fleet.AgentId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.scheduling.JobDispatch.Claimed;
import dev.muster.ports.in.scheduling.JobDispatch.Control;
import dev.muster.ports.in.scheduling.JobDispatch.LeasedJob;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.scheduling.AgentNews;
import dev.muster.ports.out.scheduling.AgentNews.News;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers polls, after the commit. Used by the planning thread. */
final class Answers {
  private static final Outcome<Claimed> NOT_LET_IN =
      Outcome.refused(Code.UNAUTHENTICATED, "No valid credential was presented.");

  private final Transactions transactions;
  private final AgentNews agentNews;
  private final ParkedPolls polls;

  Answers(Transactions transactions, AgentNews agentNews, ParkedPolls polls) {
    this.transactions = transactions;
    this.agentNews = agentNews;
    this.polls = polls;
  }

  /** Gives an agent its jobs by the poll that was planned for. */
  void give(AgentId agent, List<LeasedJob> jobs) {
    polls.of(agent).ifPresent(poll -> end(poll, Outcome.done(new Claimed(jobs, List.of()))));
  }

  /** Ends those polls of an agent that were let in with keys which were taken back since. */
  void refuseOutdated(AgentId agent, @Nullable News its) {
    for (Poll poll : polls.all(agent)) {
      if (its != null && poll.caller().keyGeneration() != its.keyGeneration()) {
        end(poll, NOT_LET_IN);
      }
    }
  }

  /** Ends all polls of an agent that is to hear nothing more. */
  void refuse(AgentId agent, Optional<News> its) {
    Outcome<Claimed> refusal =
        its.isPresent()
            ? Outcome.refused(Code.AGENT_DISABLED, "This agent has been disabled.")
            : NOT_LET_IN;
    polls.all(agent).forEach(poll -> end(poll, refusal));
  }

  /**
   * Tells agents what was decided about them and notes what they heard, in a transaction of its
   * own: it locks agents and jobs, which a round locks after tenants. What a poll that has gone
   * meanwhile did not hear is left for the next one.
   */
  void tell(Map<AgentId, News> decided) {
    Map<AgentId, News> heard = new HashMap<>();
    decided.forEach((agent, its) -> {
      if (isHeard(agent, Outcome.done(new Claimed(List.of(), controls(its))))) {
        heard.put(agent, its);
      }
    });
    if (!heard.isEmpty()) {
      transactions.acrossTenants(() -> {
        heard.forEach(agentNews::told);
        return true;
      });
    }
  }

  private boolean isHeard(AgentId agent, Outcome<Claimed> answer) {
    for (Poll poll : polls.all(agent).reversed()) {
      if (end(poll, answer)) {
        return true;
      }
    }
    return false;
  }

  private boolean end(Poll poll, Outcome<Claimed> answer) {
    polls.remove(poll);
    return poll.answer(answer);
  }

  private static List<Control> controls(News news) {
    List<Control> controls = new ArrayList<>(news.cancels());
    if (news.control() != null) {
      controls.add(new Control.Fleet(news.control()));
    }
    if (news.nudgeDue() != null) {
      controls.add(new Control.Fleet(AgentControl.UPDATE));
    }
    return controls;
  }
}
