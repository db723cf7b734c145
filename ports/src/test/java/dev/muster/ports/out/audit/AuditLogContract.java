package dev.muster.ports.out.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.AuditEntry.Actor;
import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.audit.AuditEntry.Outcome;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Refusal;
import dev.muster.ports.in.audit.AuditQueries.AuditFilter;
import dev.muster.ports.out.Pages;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.paging.Cursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link AuditLog} and {@link AuditArchive} must do. */
public abstract class AuditLogContract {
  private static final Instant NOW = Samples.NOW;
  private static final UUID ACTOR = Samples.id();

  private TenantId tenant = TenantId.SYSTEM;

  protected abstract AuditLog log();

  protected abstract AuditArchive archive();

  protected abstract Transactions transactions();

  /** The id of a tenant that is there and has an empty log. */
  protected abstract TenantId aTenant();

  @BeforeEach
  void somebodyNew() {
    tenant = aTenant();
  }

  @Test
  void entries_are_listed_as_they_were_appended_newest_first() {
    AuditEntry older = appended(bare(NOW));
    AuditEntry newer = appended(full(NOW.plusSeconds(1)));

    assertThat(list(AuditFilter.ALL)).containsExactly(newer, older);
  }

  @Test
  void many_entries_are_appended_at_once() {
    List<AuditEntry> added = List.of(bare(NOW), full(NOW.plusSeconds(1)), bare(NOW.plusSeconds(2)));

    log().append(tenant, added);
    log().append(tenant, List.of());

    assertThat(list(AuditFilter.ALL)).containsExactlyElementsOf(added.reversed());
  }

  @Test
  void another_tenants_entries_are_not_seen_whatever_the_filter_says() {
    appended(bare(NOW));
    TenantId other = aTenant();

    assertThat(Pages.all(2, page -> log().list(other, AuditFilter.ALL, page))).isEmpty();
    AuditFilter asked = new AuditFilter(tenant, null, null, null, null, null, null, null, null);
    assertThat(Pages.all(2, page -> log().list(other, asked, page))).isEmpty();
  }

  @Test
  void the_archive_has_the_entries_of_all_tenants() {
    AuditEntry mine = appended(bare(NOW));
    tenant = aTenant();
    AuditEntry others = appended(bare(NOW.plusSeconds(1)));

    assertThat(Pages.all(2, page -> archive().list(AuditFilter.ALL, page)))
        .containsSubsequence(others, mine);
    AuditFilter asked = new AuditFilter(tenant, null, null, null, null, null, null, null, null);
    assertThat(Pages.all(2, page -> archive().list(asked, page))).containsExactly(others);
  }

  @Test
  void what_was_done_together_is_in_each_tenants_own_log() {
    AuditEntry mine = bare(NOW);
    AuditEntry alsoMine = full(NOW.plusSeconds(1));
    TenantId first = tenant;
    tenant = aTenant();
    AuditEntry others = full(NOW.plusSeconds(2));

    archive().appendAll(List.of(mine, others, alsoMine));

    assertThat(list(AuditFilter.ALL)).containsExactly(others);
    tenant = first;
    assertThat(list(AuditFilter.ALL)).containsExactly(alsoMine, mine);
  }

  @Test
  void a_filter_says_which_entries() {
    AuditEntry bare = appended(bare(NOW));
    AuditEntry full = appended(full(NOW.plusSeconds(1)));

    assertThat(list(new AuditFilter(null, "job.submit", null, null, null, null, null, null, null)))
        .containsExactly(full);
    assertThat(list(new AuditFilter(null, null, ACTOR, null, null, null, null, null, null)))
        .containsExactly(full);
    assertThat(list(new AuditFilter(null, null, null, "agent", null, null, null, null, null)))
        .containsExactly(bare);
    assertThat(list(new AuditFilter(null, null, null, "job", "j-1", null, null, null, null)))
        .containsExactly(full);
    assertThat(
            list(new AuditFilter(null, null, null, null, null, Outcome.REFUSED, null, null, null)))
        .containsExactly(full);
    assertThat(list(new AuditFilter(null, null, null, null, null, null, null, null, "r-1")))
        .containsExactly(full);
    assertThat(list(between(NOW, NOW.plusSeconds(1)))).containsExactly(bare);
    assertThat(list(between(NOW.plusMillis(1), NOW.plusSeconds(2)))).containsExactly(full);
  }

  @Test
  void something_long_is_read_in_parts() {
    List<AuditEntry> added = List.of(bare(NOW), full(NOW.plusSeconds(1)), bare(NOW.plusSeconds(1)));
    log().append(tenant, added);
    AuditFilter mine = new AuditFilter(tenant, null, null, null, null, null, null, null, null);

    for (List<AuditEntry> read :
        List.of(
            inParts(after -> log().part(tenant, AuditFilter.ALL, after, 1)),
            inParts(after -> archive().part(mine, after, 2)))) {
      assertThat(read).containsExactlyInAnyOrderElementsOf(added);
      assertThat(read.getLast()).isEqualTo(added.getFirst());
    }
    assertThat(log().part(aTenant(), mine, null, 9)).isEmpty();
  }

  private static List<AuditEntry> inParts(Function<@Nullable Cursor, List<AuditEntry>> read) {
    List<AuditEntry> all = new ArrayList<>();
    List<AuditEntry> part = read.apply(null);
    while (!part.isEmpty()) {
      all.addAll(part);
      part = read.apply(new Cursor(part.getLast().at(), part.getLast().id()));
    }
    return all;
  }

  @Test
  void an_entry_of_undone_work_is_not_there() {
    transactions()
        .inTenant(
            tenant,
            () -> {
              appended(bare(NOW));
              return dev.muster.ports.Outcome.refused(Refusal.Code.STATE_CONFLICT, "no");
            });

    assertThat(list(AuditFilter.ALL)).isEmpty();
  }

  @Test
  void partitions_are_made_once() {
    Instant farAway = Instant.parse("2031-05-31T23:59:59Z");

    assertThat(archive().preparePartitions(farAway)).isEqualTo(4);
    assertThat(archive().preparePartitions(farAway)).isZero();
    assertThat(archive().preparePartitions(farAway.plusSeconds(1))).isEqualTo(1);
  }

  private AuditEntry appended(AuditEntry entry) {
    log().append(tenant, entry);
    return entry;
  }

  private List<AuditEntry> list(AuditFilter filter) {
    return Pages.all(1, page -> log().list(tenant, filter, page));
  }

  private static AuditFilter between(Instant from, Instant until) {
    return new AuditFilter(null, null, null, null, null, null, from, until, null);
  }

  private AuditEntry bare(Instant at) {
    return new AuditEntry(
        Samples.id(),
        tenant,
        new Actor("server", null, "server"),
        "agent.offline",
        new Resource("agent", null),
        Outcome.DONE,
        null,
        null,
        Origin.SERVER,
        at);
  }

  private AuditEntry full(Instant at) {
    return new AuditEntry(
        Samples.id(),
        tenant,
        new Actor("user", ACTOR, "Zoë"),
        "job.submit",
        new Resource("job", "j-1"),
        Outcome.REFUSED,
        "{\"b\": 1, \"a\": 2}",
        "{}",
        new Origin("2001:db8::1", "curl/8", "r-1"),
        at);
  }
}
