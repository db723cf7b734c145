package dev.muster.application.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.access.Action;
import dev.muster.domain.access.Permission;
import dev.muster.domain.access.Principal;
import dev.muster.domain.access.TokenScope;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.audit.AuditQueries.AuditFilter;
import dev.muster.ports.in.audit.AuditQueries.Parts;
import dev.muster.ports.in.audit.AuditRetentionAdministration.Kept;
import dev.muster.ports.paging.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditQueryServiceTest extends UseCaseTest {
  private final Tenant customer = tenant(PlanName.PRO);
  private final TenantId tenant = customer.id();

  @Test
  void an_export_is_read_in_parts_and_ends_when_it_was_asked_for() {
    write(tenant, 5);
    TenantId other = tenant(PlanName.PRO).id();
    write(other, 1);
    pass(Duration.ofSeconds(1));

    Parts parts = in().auditQueries().export(user(), AuditFilter.ALL, 2);
    List<Integer> sizes = new ArrayList<>();
    for (List<AuditEntry> part = parts.next(); !part.isEmpty(); part = parts.next()) {
      assertThat(ports().transactions().isOpen()).isFalse();
      assertThat(part).allMatch(entry -> entry.tenant().equals(tenant));
      sizes.add(part.size());
      write(tenant, 3);
    }

    // The five, and the one of the tenant's making.
    assertThat(sizes).containsExactly(2, 2, 2);
  }

  @Test
  void an_export_is_noted_with_what_was_asked_for_even_if_nobody_takes_it() {
    AuditFilter filter =
        new AuditFilter(null, "job.submit", null, null, null, null, null, null, "r-7");

    var unused = in().auditQueries().export(user(), filter, 2);

    assertThat(audited("audit.export")).hasSize(1);
    assertThat(audited("audit.export").getFirst().after())
        .contains("\"action\":\"job.submit\"")
        .contains("\"request_id\":\"r-7\"")
        .contains("\"until\":");
  }

  @Test
  void operators_export_everyones_log() {
    write(tenant, 1);
    pass(Duration.ofSeconds(1));

    Parts parts = in().auditQueries().export(operator(), AuditFilter.ALL, 1_000);

    assertThat(parts.next()).extracting(AuditEntry::tenant).contains(tenant);
    assertThat(parts.next()).isEmpty();
  }

  @Test
  void an_operators_token_that_opens_less_opens_no_tenants_log() {
    write(tenant, 1);
    write(TenantId.SYSTEM, 1);
    pass(Duration.ofSeconds(1));
    TokenScope scope = new TokenScope(Set.of(Permission.DATA_QUERY), null, false);
    Principal.OfUser operator = (Principal.OfUser) operator().principal();
    Caller scoped =
        new Caller(new Principal.OfUser(operator.user(), operator.token(), scope), ORIGIN);

    List<AuditEntry> exported = in().auditQueries().export(scoped, AuditFilter.ALL, 1_000).next();
    List<AuditEntry> listed =
        in().auditQueries().list(scoped, AuditFilter.ALL, PageRequest.first()).items();

    assertThat(exported).isNotEmpty().extracting(AuditEntry::tenant).containsOnly(TenantId.SYSTEM);
    assertThat(listed).isNotEmpty().extracting(AuditEntry::tenant).containsOnly(TenantId.SYSTEM);
  }

  @Test
  void reads_by_people_are_noted_and_no_others() {
    ReadAuditService reads = new ReadAuditService(ports().transactions(), in().auditing());
    Caller agent = calling(agent(1));
    int before = audited().size();

    reads.note(user(), Action.JOB_GET, "/api/v1/jobs/1");
    assertThat(audited("job.get")).hasSize(1);
    assertThat(audited("job.get").getFirst().resource())
        .isEqualTo(new Resource("path", "/api/v1/jobs/1"));

    for (Action noRead :
        List.of(
            Action.JOB_SUBMIT, Action.TOKEN_LIST, Action.AUDIT_QUERY, Action.AUDIT_EXPORT_ALL)) {
      reads.note(user(), noRead, "/");
    }
    reads.note(agent, Action.JOB_GET, "/");
    assertThat(audited()).hasSize(before + 1);
  }

  @Test
  void how_long_entries_are_kept_is_a_tenants_setting_and_audited() {
    AuditRetentionService retention =
        new AuditRetentionService(
            ports().transactions(), ports().auditChains(), ports().tenants(), in().auditing());
    TenantSlug slug = customer.slug();

    assertThat(retention.find(operator(), slug)).isEqualTo(Outcome.done(new Kept(0)));
    assertThat(retention.set(operator(), slug, 29)).isInstanceOf(Outcome.Refused.class);
    assertThat(retention.set(operator(), slug, 30)).isEqualTo(Outcome.done(new Kept(30)));
    assertThat(retention.set(operator(), slug, 30)).isEqualTo(Outcome.done(new Kept(30)));
    assertThat(retention.find(operator(), slug)).isEqualTo(Outcome.done(new Kept(30)));

    assertThat(audited("tenant.update"))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.before()).isEqualTo("{\"audit_retention_days\":0}");
          assertThat(entry.after()).isEqualTo("{\"audit_retention_days\":30}");
        });
    assertThat(retention.set(operator(), slug, 0)).isEqualTo(Outcome.done(new Kept(0)));
    assertThat(ports().auditChains().all()).isEmpty();
    assertThat(retention.find(operator(), new TenantSlug("nobody")))
        .isInstanceOf(Outcome.Refused.class);
  }

  private Caller user() {
    return admin(customer);
  }

  private void write(TenantId to, int count) {
    for (int i = 0; i < count; i++) {
      in().auditing().doneByServer(to, "agent.offline", new Resource("agent", null), null, null);
    }
  }
}
