package dev.muster.ports.out.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.AuditEntry.Actor;
import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.audit.AuditEntry.Outcome;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.audit.ChainHash;
import dev.muster.domain.audit.ChainHead;
import dev.muster.domain.audit.Seal;
import dev.muster.domain.audit.SignedHead;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.Samples;
import dev.muster.ports.out.audit.AuditChains.Filed;
import dev.muster.ports.out.audit.AuditChains.Link;
import dev.muster.ports.out.audit.AuditChains.Next;
import dev.muster.ports.out.audit.AuditChains.Standing;
import dev.muster.ports.paging.Cursor;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link AuditChains} and {@link AuditRetentions} must do. */
public abstract class AuditChainsContract {
  /** Longer ago than anything that is kept for 30 days. */
  private static final Instant LONG_AGO = Instant.parse("2026-01-10T10:00:00.123456Z");

  private TenantId tenant = TenantId.SYSTEM;

  protected abstract AuditLog log();

  protected abstract AuditChains chains();

  protected abstract AuditRetentions retentions();

  /** The id of a tenant that is there and has an empty log. */
  protected abstract TenantId aTenant();

  @BeforeEach
  void nothingWaits() {
    List<Next> waiting = chains().next(10_000);
    if (!waiting.isEmpty()) {
      chains().pass(waiting.getLast().entry());
    }
    tenant = aTenant();
  }

  @Test
  void entries_come_in_the_order_in_which_they_were_committed_and_are_passed_once() {
    AuditEntry first = appended(LONG_AGO.plusSeconds(5));
    AuditEntry second = appended(LONG_AGO);

    assertThat(chains().next(1)).containsExactly(new Next(first, false));
    assertThat(chains().oldestWaiting()).contains(first.at());
    chains().pass(first);
    assertThat(chains().next(10)).containsExactly(new Next(second, false));
    chains().pass(second);
    assertThat(chains().next(10)).isEmpty();
    assertThat(chains().oldestWaiting()).isEmpty();
  }

  @Test
  void links_are_kept_in_order_with_their_entries() {
    List<Seal> seals = sealed(3);

    assertThat(chains().links(tenant, 0, 2)).extracting(Link::seal).isEqualTo(seals.subList(0, 2));
    List<Link> last = chains().links(tenant, 2, 2);
    assertThat(last).extracting(Link::seal).containsExactly(seals.getLast());
    assertThat(last.getFirst().entry()).isNotNull();
    assertThat(Seal.of(last.getFirst().entry(), 3, seals.get(1).hash())).isEqualTo(seals.get(2));
  }

  @Test
  void a_head_takes_the_place_of_the_one_before() {
    assertThat(chains().standings(Set.of(tenant))).isEmpty();
    List<Seal> seals = sealed(2);

    SignedHead head = head(seals.getLast());
    chains().extend(List.of(), List.of(head));

    assertThat(chains().standings(Set.of(tenant)))
        .containsOnlyKeys(tenant)
        .containsValue(new Standing(head, 2, seals.getLast().hash()));
    assertThat(chains().heads(null, 10_000)).contains(head);
    assertThat(chains().heads(tenant, 10_000)).doesNotContain(head);
    assertThat(chains().tenants(null, 10_000)).contains(tenant);
  }

  @Test
  void what_is_filed_says_whether_it_has_a_link_or_waits_for_one() {
    Seal seal = sealed(1).getFirst();
    AuditEntry waiting = appended(LONG_AGO.plusSeconds(100));

    List<Filed> first = chains().filed(tenant, null, 1);
    assertThat(first).containsExactly(new Filed(seal.entry(), seal.at(), true, false));
    assertThat(chains().filed(tenant, new Cursor(seal.at(), seal.entry()), 10))
        .containsExactly(new Filed(waiting.id(), waiting.at(), false, true));
  }

  @Test
  void how_long_entries_are_kept_is_said_for_each_tenant() {
    assertThat(retentions().find(tenant)).isEmpty();

    retentions().set(tenant, 40);
    retentions().set(tenant, 30);
    assertThat(retentions().find(tenant)).contains(30);
    assertThat(retentions().all()).contains(new AuditRetentions.Retention(tenant, 30));

    retentions().set(tenant, null);
    assertThat(retentions().find(tenant)).isEmpty();
  }

  @Test
  void what_is_removed_is_the_oldest_of_the_chain_with_its_entries() {
    List<Seal> seals = sealed(4);
    retentions().set(tenant, 30);
    Instant before = seals.get(2).at();

    assertThat(retentions().lastBefore(tenant, LONG_AGO, 10)).isEmpty();
    assertThat(retentions().lastBefore(tenant, before, 1)).contains(seals.get(0));
    assertThat(retentions().lastBefore(tenant, before, 10)).contains(seals.get(1));
    assertThat(retentions().remove(tenant, 2)).isEqualTo(2);

    assertThat(chains().links(tenant, 0, 10)).extracting(Link::seal).isEqualTo(seals.subList(2, 4));
    assertThat(chains().filed(tenant, null, 10)).hasSize(2).allMatch(Filed::sealed);
    assertThat(chains().next(10)).isEmpty();
  }

  private List<Seal> sealed(int count) {
    List<Seal> seals = new java.util.ArrayList<>();
    ChainHash previous = ChainHash.NONE;
    for (int i = 1; i <= count; i++) {
      AuditEntry entry = appended(LONG_AGO.plusSeconds(i));
      Seal seal = Seal.of(entry, i, previous);
      seals.add(seal);
      previous = seal.hash();
      chains().pass(entry);
    }
    chains().extend(seals, List.of(head(seals.getFirst())));
    return seals;
  }

  private SignedHead head(Seal last) {
    ChainHead none = ChainHead.none(tenant, Samples.NOW);
    return new SignedHead(none.then(last, Samples.NOW), "1:" + "a".repeat(64));
  }

  private AuditEntry appended(Instant at) {
    AuditEntry entry =
        new AuditEntry(
            Samples.id(),
            tenant,
            new Actor("user", Samples.id(), "Zoë"),
            "job.submit",
            new Resource("job", "j-1"),
            Outcome.DONE,
            null,
            "{\"b\": 1}",
            new Origin("2001:db8::1", null, "r-1"),
            at);
    log().append(tenant, entry);
    return entry;
  }
}
