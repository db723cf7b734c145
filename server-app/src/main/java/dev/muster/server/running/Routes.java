package dev.muster.server.running;

import dev.muster.http.access.UserRoutes;
import dev.muster.http.audit.AuditRetentionRoutes;
import dev.muster.http.audit.AuditRoutes;
import dev.muster.http.audit.NotingRoutes;
import dev.muster.http.enrolment.AgentTokenRoutes;
import dev.muster.http.enrolment.EnrolmentRoutes;
import dev.muster.http.enrolment.EnrolmentTokenRoutes;
import dev.muster.http.enrolment.SharedAgentPoolRoutes;
import dev.muster.http.enrolment.SharedEnrolmentRoutes;
import dev.muster.http.fleet.AgentKeyRoutes;
import dev.muster.http.fleet.AgentRoutes;
import dev.muster.http.fleet.AgentSafeguardRoutes;
import dev.muster.http.fleet.PlatformAgentRoutes;
import dev.muster.http.fleet.PresenceRoutes;
import dev.muster.http.fleet.WorkerRoutes;
import dev.muster.http.job.BulkRetryRoutes;
import dev.muster.http.job.JobExplanationRoutes;
import dev.muster.http.job.JobRoutes;
import dev.muster.http.route.Route;
import dev.muster.http.scheduling.DispatchRoutes;
import dev.muster.http.scheduling.QueueOverviewRoutes;
import dev.muster.http.scheduling.ReportingRoutes;
import dev.muster.http.scheduling.SimulationRoutes;
import dev.muster.http.tenancy.PlanRoutes;
import dev.muster.http.tenancy.TenantRoutes;
import dev.muster.http.update.ReleaseRoutes;
import dev.muster.http.update.UpdateRoutes;
import java.util.List;
import java.util.stream.Stream;

/** Every route, with the services behind it. */
final class Routes {
  private Routes() {}

  /** The same; where that is wanted they note what people read. */
  static List<Route> of(Wiring wiring, WorkPorts work, boolean noteReads) {
    List<Route> routes = of(wiring, work);
    return noteReads ? new NotingRoutes(wiring.readAudit()).over(routes) : routes;
  }

  private static List<Route> of(Wiring wiring, WorkPorts work) {
    return Stream.of(
            new TenantRoutes(wiring.tenants()).routes(),
            new PlanRoutes(wiring.plans()).routes(),
            new UserRoutes(wiring.users()).routes(),
            new EnrolmentTokenRoutes(wiring.joining().tokens()).routes(),
            new EnrolmentRoutes(wiring.joining().enrolment()).routes(),
            new AgentTokenRoutes(wiring.joining().agentTokens()).routes(),
            new SharedAgentPoolRoutes(wiring.joining().sharedAgentPool()).routes(),
            new SharedEnrolmentRoutes(wiring.joining().sharedEnrolment()).routes(),
            new PlatformAgentRoutes(wiring.agents()).routes(),
            new AgentRoutes(wiring.agents(), wiring.agentGranting()).routes(),
            new AgentKeyRoutes(wiring.agentCredentials()).routes(),
            new PresenceRoutes(wiring.presence(), wiring.joining().declarations(), wiring.renewal())
                .routes(),
            new AgentSafeguardRoutes(wiring.safeguards()).routes(),
            new WorkerRoutes(wiring.workers()).routes(),
            new JobRoutes(work.submission(), wiring.jobControl(), wiring.jobs()).routes(),
            new JobExplanationRoutes(wiring.explanations()).routes(),
            new BulkRetryRoutes(wiring.bulkRetry()).routes(),
            new DispatchRoutes(
                    work.dispatch(), wiring.leasedJobTokens(), wiring.joining().declarations())
                .routes(),
            new ReportingRoutes(work.reporting()).routes(),
            new QueueOverviewRoutes(wiring.queueOverview()).routes(),
            new SimulationRoutes(wiring.simulation()).routes(),
            new ReleaseRoutes(wiring.releases()).routes(),
            new UpdateRoutes(wiring.updates()).routes(),
            new AuditRoutes(wiring.auditQueries()).routes(),
            new AuditRetentionRoutes(wiring.auditRetention()).routes())
        .flatMap(List::stream)
        .toList();
  }
}
