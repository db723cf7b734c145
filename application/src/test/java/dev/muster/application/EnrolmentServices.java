package dev.muster.application;

import dev.muster.application.enrolment.AgentTokenJoining;
import dev.muster.application.enrolment.AgentTokenService;
import dev.muster.application.enrolment.AttemptLimit;
import dev.muster.application.enrolment.DeclarationService;
import dev.muster.application.enrolment.EnrolmentService;
import dev.muster.application.enrolment.EnrolmentTokenService;
import dev.muster.application.enrolment.LegacyJoining;
import dev.muster.application.enrolment.LocalJoining;
import dev.muster.application.enrolment.NewAgents;
import dev.muster.application.enrolment.Repeatable;
import dev.muster.application.enrolment.SharedAgentPoolService;
import dev.muster.application.enrolment.SharedJoining;
import dev.muster.application.enrolment.TokenEnrolment;
import dev.muster.application.enrolment.UpdateKeys;
import dev.muster.ports.out.enrolment.SharedAgentPools;

/** All ways in which agents join, over ports in memory. */
interface EnrolmentServices extends Ground {
  /** Its enrolment tokens. */
  default EnrolmentTokenService enrolmentTokens() {
    return new EnrolmentTokenService(
        ports().transactions(),
        ports().enrolmentTokens(),
        ports().tenants(),
        secrets(),
        auditing(),
        ports().clock(),
        ids());
  }

  /** Its enrolment, through the doors that are always open. */
  default EnrolmentService enrolment() {
    return enrolment(EnrolmentService.Doors.USUAL);
  }

  /** Its enrolment, through the doors that are open. */
  default EnrolmentService enrolment(EnrolmentService.Doors doors) {
    NewAgents newAgents =
        new NewAgents(
            ports().agents(),
            ports().agentKeys(),
            ports().agentKeys(),
            ports().wakeups(),
            secrets(),
            ids());
    AttemptLimit limit = new AttemptLimit(ports().attempts(), ports().clock());
    Repeatable repeatable = new Repeatable(ports().registrations(), ports().agents());
    TokenEnrolment byToken =
        new TokenEnrolment(
            ports().transactions(),
            ports().enrolmentTokens(),
            ports().enrolmentTokens(),
            ports().agents(),
            ports().tenants(),
            newAgents,
            limit,
            auditing(),
            ports().clock());
    LocalJoining locally =
        new LocalJoining(
            ports().transactions(),
            newAgents,
            repeatable,
            ports().agents(),
            ports().tenants(),
            withdrawal(),
            ports().wakeups(),
            auditing(),
            ports().clock());
    LegacyJoining legacy =
        new LegacyJoining(
            ports().transactions(),
            newAgents,
            repeatable,
            ports().tenants(),
            auditing(),
            ports().clock());
    return new EnrolmentService(
        ports().transactions(),
        new EnrolmentService.Ways(byToken, locally, legacy),
        newAgents,
        limit,
        auditing(),
        ports().clock(),
        doors);
  }

  /** What its door asks of those who come by name. */
  default AgentTokenJoining agentTokenJoining() {
    return new AgentTokenJoining(
        ports().transactions(),
        ports().agentTokens(),
        ports().agentTokens(),
        ports().agents(),
        ports().namedAgents(),
        ports().tenants(),
        auditing(),
        ids(),
        Installation.LEASE,
        Installation.MOST_NAMED);
  }

  /** Its agent tokens. */
  default AgentTokenService agentTokens() {
    return new AgentTokenService(
        ports().transactions(),
        new AgentTokenService.Stores(
            ports().agentTokens(), ports().namedAgents(), ports().agentKeys()),
        withdrawal(),
        ports().wakeups(),
        secrets(),
        auditing(),
        ports().clock(),
        ids());
  }

  private UpdateKeys updateKeys() {
    return new UpdateKeys(
        ports().agentKeys(), new Repeatable(ports().registrations(), ports().agents()), secrets());
  }

  /** What its agents say of themselves. */
  default DeclarationService declarations() {
    return new DeclarationService(
        ports().transactions(),
        ports().agents(),
        ports().namedAgents(),
        updateKeys(),
        ports().wakeups(),
        auditing(),
        ports().clock());
  }

  /** Its pool of shared agents. */
  default SharedAgentPoolService sharedAgentPool() {
    return new SharedAgentPoolService(
        ports().transactions(),
        ports().sharedAgentPools(),
        ports().namedAgents(),
        ports().agentKeys(),
        ports().wakeups(),
        secrets(),
        auditing(),
        ports().clock(),
        ids());
  }

  /** Where its shared agents register themselves. */
  default SharedJoining sharedEnrolment() {
    return sharedEnrolment(ports().sharedAgentPools());
  }

  /** The same, on other pools. */
  default SharedJoining sharedEnrolment(SharedAgentPools pools) {
    return new SharedJoining(
        ports().transactions(),
        new SharedJoining.Stores(pools, ports().agents(), ports().namedAgents()),
        updateKeys(),
        new AttemptLimit(ports().attempts(), ports().clock()),
        ports().wakeups(),
        secrets(),
        auditing(),
        ports().clock(),
        ids(),
        Installation.LEASE);
  }
}
