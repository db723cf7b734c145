package dev.muster.application;

import dev.muster.application.access.GateService;
import dev.muster.application.audit.Auditing;
import dev.muster.application.credential.Secrets;
import dev.muster.application.enrolment.AgentTokenJoining;
import dev.muster.application.fleet.Withdrawal;
import dev.muster.application.identity.Ids;
import dev.muster.application.job.JobChanges;
import dev.muster.application.job.OwnDecisions;
import dev.muster.ports.out.InMemoryPorts;
import dev.muster.ports.out.RepeatableRandom;

/** What the use cases of all slices share. */
interface Ground {
  InMemoryPorts ports();

  RepeatableRandom random();

  BreakableAuditLog auditLog();

  Ids ids();

  Secrets secrets();

  Auditing auditing();

  GateService gate();

  JobChanges changes();

  OwnDecisions decisions();

  Withdrawal withdrawal();

  AgentTokenJoining agentTokenJoining();
}
