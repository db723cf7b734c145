package dev.muster.wire.scheduling;

import dev.muster.domain.credential.Secret;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.enrolment.Declarations;
import dev.muster.ports.in.scheduling.JobDispatch;
import dev.muster.ports.in.scheduling.JobDispatch.Claimed;
import dev.muster.ports.in.scheduling.LeasedJobTokens;
import dev.muster.wire.json.Fields;
import dev.muster.wire.problem.Outcomes;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How agents take jobs. Thread-safe. */
public final class ClaimCalls {
  private final JobDispatch dispatch;
  private final LeasedJobTokens tokens;
  private final Declarations declarations;

  /** Calls of ports. */
  public ClaimCalls(JobDispatch dispatch, LeasedJobTokens tokens, Declarations declarations) {
    this.dispatch = dispatch;
    this.tokens = tokens;
    this.declarations = declarations;
  }

  /**
   * Answers a claim; waits for as long as it says. Whoever is interrupted meanwhile is still so
   * afterwards, and has an empty answer, which costs the agent nothing but another claim.
   */
  public ObjectNode claim(Caller caller, JsonNode document) {
    var asked = Fields.read(document, ClaimJson.CLAIM);
    var updateKey = declared(caller, asked);
    try {
      var claimed = Outcomes.valueOf(dispatch.claim(caller, asked.claim()));
      var json = ClaimJson.of(claimed, asked.jobTokens() ? tokens : null);
      updateKey.ifPresent(key -> json.put("update_key", key.reveal()));
      return json;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ClaimJson.of(Claimed.NOTHING, null);
    }
  }

  /** Before the claim, which may wait, and is answered by what the agent can do by then. */
  private Optional<Secret> declared(Caller caller, ClaimJson.Asked asked) {
    return asked.agent() == null
        ? Optional.empty()
        : Outcomes.valueOf(declarations.declare(caller, asked.agent().of(caller)));
  }
}
