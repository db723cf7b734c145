package dev.muster.application.job;

import dev.muster.domain.access.Principal;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.job.JobDirectory;
import java.util.Optional;
import java.util.function.Function;

/** Finds the tenant in which a caller may look for a job: its own, or for operators the job's. */
final class JobScope {
  private final Transactions transactions;
  private final JobDirectory directory;

  JobScope(Transactions transactions, JobDirectory directory) {
    this.transactions = transactions;
    this.directory = directory;
  }

  <T> Outcome<T> within(Caller caller, JobId job, Function<TenantId, Outcome<T>> work) {
    Optional<TenantId> tenant = tenantFor(caller, job);
    return tenant.isEmpty()
        ? unknown()
        : transactions.inTenant(tenant.get(), () -> work.apply(tenant.get()));
  }

  private Optional<TenantId> tenantFor(Caller caller, JobId job) {
    return switch (caller.principal()) {
      case Principal.OfUser user ->
          user.isOperator()
              ? transactions.acrossTenants(() -> directory.tenantOf(job))
              : Optional.of(user.tenant());
      case Principal.OfJob holder ->
          holder.job().equals(job) ? Optional.of(holder.tenant()) : Optional.empty();
      case Principal.OfAgent agent -> Optional.of(agent.tenant());
      case Principal.ActingAs acting -> Optional.empty();
      case Principal.OfServer server -> Optional.empty();
    };
  }

  static <T> Outcome<T> unknown() {
    return Outcome.refused(Code.NOT_FOUND, "There is no such job.");
  }
}
