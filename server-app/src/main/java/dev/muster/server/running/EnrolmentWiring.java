package dev.muster.server.running;

import dev.muster.application.access.NamedCallers;
import dev.muster.application.audit.Auditing;
import dev.muster.application.credential.Secrets;
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
import dev.muster.application.fleet.InlineWorkerService;
import dev.muster.application.fleet.Withdrawal;
import dev.muster.application.identity.Ids;
import dev.muster.ports.in.enrolment.AgentTokenAdministration;
import dev.muster.ports.in.enrolment.Declarations;
import dev.muster.ports.in.enrolment.Enrolment;
import dev.muster.ports.in.enrolment.EnrolmentTokenAdministration;
import dev.muster.ports.in.enrolment.SharedAgentPoolAdministration;
import dev.muster.ports.in.enrolment.SharedEnrolment;
import dev.muster.ports.in.fleet.InlineWorkers;
import dev.muster.server.configuration.ServerConfiguration;

/** The ways in which agents join, put together. */
final class EnrolmentWiring {
  private final Repositories in;
  private final ServerConfiguration configuration;
  private final Secrets secrets;
  private final Ids ids;
  private final Auditing auditing;
  private final Withdrawal withdrawal;
  private final AttemptLimit limit;
  private final Repeatable repeatable;
  private final UpdateKeys updateKeys;

  EnrolmentWiring(
      Repositories repositories,
      ServerConfiguration configuration,
      Secrets secrets,
      Ids ids,
      Auditing auditing,
      Withdrawal withdrawal) {
    this.in = repositories;
    this.configuration = configuration;
    this.secrets = secrets;
    this.ids = ids;
    this.auditing = auditing;
    this.withdrawal = withdrawal;
    this.limit = new AttemptLimit(in.attempts(), in.clock());
    this.repeatable = new Repeatable(in.registrations(), in.agents());
    this.updateKeys = new UpdateKeys(in.agentKeys(), repeatable, secrets);
  }

  EnrolmentTokenAdministration tokens() {
    return new EnrolmentTokenService(
        in.transactions(), in.enrolmentTokens(), in.tenants(), secrets, auditing, in.clock(), ids);
  }

  Enrolment enrolment() {
    NewAgents newAgents =
        new NewAgents(in.agents(), in.agentKeys(), in.agentLogins(), in.wakeups(), secrets, ids);
    return new EnrolmentService(
        in.transactions(),
        new EnrolmentService.Ways(byToken(newAgents), locally(newAgents), legacy(newAgents)),
        newAgents,
        limit,
        auditing,
        in.clock(),
        new EnrolmentService.Doors(
            configuration.local().map(ServerConfiguration.LocalMode::agentKey),
            configuration.access().legacyRegistration()));
  }

  private TokenEnrolment byToken(NewAgents newAgents) {
    return new TokenEnrolment(
        in.transactions(),
        in.enrolmentTokenLookup(),
        in.enrolmentTokens(),
        in.agents(),
        in.tenants(),
        newAgents,
        limit,
        auditing,
        in.clock());
  }

  private LocalJoining locally(NewAgents newAgents) {
    return new LocalJoining(
        in.transactions(),
        newAgents,
        repeatable,
        in.agents(),
        in.tenants(),
        withdrawal,
        in.wakeups(),
        auditing,
        in.clock());
  }

  private LegacyJoining legacy(NewAgents newAgents) {
    return new LegacyJoining(
        in.transactions(), newAgents, repeatable, in.tenants(), auditing, in.clock());
  }

  AgentTokenAdministration agentTokens() {
    return new AgentTokenService(
        in.transactions(),
        new AgentTokenService.Stores(in.agentTokens(), in.namedAgents(), in.agentKeys()),
        withdrawal,
        in.wakeups(),
        secrets,
        auditing,
        in.clock(),
        ids);
  }

  NamedCallers namedCallers() {
    return new AgentTokenJoining(
        in.transactions(),
        in.agentTokenLookup(),
        in.agentTokens(),
        in.agents(),
        in.namedAgents(),
        in.tenants(),
        auditing,
        ids,
        configuration.jobs().lease(),
        AgentTokenJoining.MOST);
  }

  Declarations declarations() {
    return new DeclarationService(
        in.transactions(),
        in.agents(),
        in.namedAgents(),
        updateKeys,
        in.wakeups(),
        auditing,
        in.clock());
  }

  SharedAgentPoolAdministration sharedAgentPool() {
    return new SharedAgentPoolService(
        in.transactions(),
        in.sharedAgentPools(),
        in.namedAgents(),
        in.agentKeys(),
        in.wakeups(),
        secrets,
        auditing,
        in.clock(),
        ids);
  }

  SharedEnrolment sharedEnrolment() {
    return new SharedJoining(
        in.transactions(),
        new SharedJoining.Stores(in.sharedAgentPools(), in.agents(), in.namedAgents()),
        updateKeys,
        limit,
        in.wakeups(),
        secrets,
        auditing,
        in.clock(),
        ids,
        configuration.jobs().lease());
  }

  /** How the workers within the server come in, and what they may run. */
  InlineWorkers inlineWorkers() {
    return new InlineWorkerService(
        in.transactions(),
        in.agents(),
        in.inlineAgents(),
        in.tenants(),
        withdrawal,
        auditing,
        in.clock(),
        ids);
  }
}
