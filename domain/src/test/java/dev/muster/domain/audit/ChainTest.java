package dev.muster.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.audit.AuditEntry.Actor;
import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.audit.AuditEntry.Outcome;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.audit.Finding.Kind;
import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChainTest {
  private static final TenantId TENANT =
      new TenantId(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"));
  private static final Instant AT = Instant.parse("2026-03-29T01:59:30.123456Z");

  private static final AuditEntry FULL =
      new AuditEntry(
          UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8001"),
          TENANT,
          new Actor("user", UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8002"), "Zoë"),
          "job.submit",
          new Resource("job", "j-1"),
          Outcome.REFUSED,
          "{\"b\": 1}",
          "{}",
          new Origin("2001:db8::1", "curl/8", "r-1"),
          AT);
  private static final AuditEntry BARE =
      new AuditEntry(
          UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8003"),
          TENANT,
          new Actor("server", null, "server"),
          "agent.offline",
          new Resource("agent", null),
          Outcome.DONE,
          null,
          null,
          Origin.SERVER,
          AT.plusNanos(1_000));

  private final List<AuditEntry> entries = new ArrayList<>();
  private final List<Seal> seals = new ArrayList<>();

  /** Computed apart from this code, by a few lines of Python over struct and hashlib. */
  @Test
  void the_hashes_are_those_of_the_written_form() {
    Seal first = Seal.of(FULL, 1, ChainHash.NONE);
    Seal second = Seal.of(BARE, 2, first.hash());

    assertThat(first.hash())
        .hasToString("1c37d1d32ce9fe099d33c32b030054438dd9f0c16d74248d66c6194d33fd7752");
    assertThat(second.hash())
        .hasToString("f1ed327ecef9b454344afbfd78be630a328e43cb4813e715625d36f7121eeac1");
  }

  @Test
  void a_field_that_moves_to_its_neighbour_is_another_hash() {
    AuditEntry moved = with("actor", "agent", "x");
    AuditEntry other = with("actora", "gent", "x");
    AuditEntry absent = with("actor", "agent", null);
    AuditEntry empty = with("actor", "agent", "");

    assertThat(List.of(moved, other, absent, empty))
        .extracting(entry -> ChainHash.of(TENANT, 1, entry, ChainHash.NONE))
        .doesNotHaveDuplicates();
  }

  @Test
  void a_chain_as_it_was_sealed_has_no_findings() {
    chain(5);

    assertThat(check(head(5))).isEmpty();
    assertThat(check(head(5), head(2), head(5))).isEmpty();
  }

  @Test
  void a_chain_whose_beginning_was_removed_goes_on_from_there() {
    chain(5);
    ChainHead head = head(5).without(seals.get(1), AT);
    cut(0, 2);

    assertThat(check(head)).isEmpty();
    assertThat(check(head, head2(2, "0".repeat(64))))
        .containsExactly(new Finding(TENANT, Kind.NOT_AS_EXPORTED, 2, null));
  }

  @Test
  void each_change_is_found_where_it_is() {
    chain(5);
    AuditEntry third = entries.get(2);
    entries.set(2, named(third, "somebody else"));

    assertThat(check(head(5))).containsExactly(at(Kind.CHANGED, 3));
  }

  @Test
  void an_entry_that_is_gone_is_found() {
    chain(5);
    entries.set(3, null);

    assertThat(check(head(5))).containsExactly(at(Kind.ENTRY_MISSING, 4));
  }

  @Test
  void links_that_are_gone_are_found() {
    chain(5);
    cut(1, 3);

    assertThat(check(headOf(5, chainHash(5)))).containsExactly(at(Kind.GAP, 4));
  }

  @Test
  void a_tail_that_was_cut_is_found() {
    chain(5);
    ChainHead head = head(5);
    cut(3, 5);

    assertThat(check(head)).containsExactly(new Finding(TENANT, Kind.CUT, 3, null));
  }

  @Test
  void a_tail_that_was_cut_with_its_head_is_found_by_an_exported_head() {
    chain(5);
    ChainHead exported = head(4);
    cut(3, 5);

    assertThat(check(head(3))).isEmpty();
    assertThat(check(head(3), exported))
        .containsExactly(new Finding(TENANT, Kind.CUT_AFTER_EXPORT, 3, null));
  }

  @Test
  void a_chain_that_was_written_anew_is_found() {
    chain(5);
    ChainHead head = head(5);
    ChainHead exported = head(3);
    entries.set(1, named(entries.get(1), "nobody"));
    List<AuditEntry> changed = List.copyOf(entries);
    seals.clear();
    entries.clear();
    changed.forEach(this::add);

    assertThat(check(head)).containsExactly(new Finding(TENANT, Kind.REWRITTEN, 5, null));
    assertThat(check(head(5), exported)).containsExactly(at(Kind.NOT_AS_EXPORTED, 3));
  }

  @Test
  void a_break_that_the_sealer_found_stays() {
    chain(5);
    ChainHead broken = head(3).broken(4, seals.get(3).hash());

    assertThat(broken.seq()).isEqualTo(4);
    assertThat(broken.brokenAt()).isEqualTo(5);
    assertThat(broken.broken(4, ChainHash.NONE).brokenAt()).isEqualTo(5);
    assertThat(check(broken.then(seals.get(4), AT)))
        .containsExactly(new Finding(TENANT, Kind.BROKEN, 5, null));
  }

  @Test
  void nothing_is_written_over_where_the_tail_is_missing() {
    chain(2);
    ChainHead head = headOf(5, ChainHash.NONE);

    assertThat(head.broken(2, seals.get(1).hash()).seq()).isEqualTo(5);
  }

  @Test
  void a_head_is_read_back_from_its_line_whatever_stands_around_it() {
    chain(2);
    SignedHead head = new SignedHead(head(2), "1:" + "ab".repeat(32));

    assertThat(SignedHead.findIn("12:00 INFO event=" + head.toLine() + " request_id=x"))
        .contains(head);
    assertThat(SignedHead.findIn(head.toLine().replace("seq=2", "seq=two"))).isEmpty();
    assertThat(SignedHead.findIn(head.toLine().replace("2026-", "2026:"))).isEmpty();
  }

  @Test
  void every_part_of_a_head_is_signed() {
    chain(3);
    ChainHead head = head(3);

    assertThat(
            List.of(
                head,
                headOf(2, head.hash()),
                headOf(3, ChainHash.NONE),
                head.without(seals.getFirst(), AT),
                head.broken(3, head.hash()),
                head.at(AT.plusSeconds(9))))
        .extracting(each -> java.util.HexFormat.of().formatHex(each.toBytes()))
        .doesNotHaveDuplicates();
  }

  private void chain(int length) {
    for (int i = 0; i < length; i++) {
      add(named(BARE, "number " + i));
    }
  }

  private void add(AuditEntry entry) {
    entries.add(entry);
    ChainHash previous = seals.isEmpty() ? ChainHash.NONE : seals.getLast().hash();
    seals.add(Seal.of(entry, seals.size() + 1L, previous));
  }

  private void cut(int from, int to) {
    entries.subList(from, to).clear();
    seals.subList(from, to).clear();
  }

  private ChainHash chainHash(long seq) {
    return seals.stream().filter(s -> s.seq() == seq).findAny().orElseThrow().hash();
  }

  private ChainHead head(int seq) {
    return headOf(seq, seals.get(seq - 1).hash());
  }

  private static ChainHead headOf(long seq, ChainHash hash) {
    return new ChainHead(TENANT, seq, hash, 0, ChainHash.NONE, 0, AT);
  }

  private static ChainHead head2(long seq, String hash) {
    return headOf(seq, new ChainHash(hash));
  }

  private List<Finding> check(ChainHead head, ChainHead... exported) {
    ChainCheck check = new ChainCheck(head, List.of(exported));
    for (int i = 0; i < seals.size() && seals.get(i).seq() <= head.seq(); i++) {
      check.next(seals.get(i), entries.get(i));
    }
    return check.end();
  }

  private static Finding at(Kind kind, long seq) {
    return new Finding(TENANT, kind, seq, BARE.id());
  }

  private static AuditEntry named(AuditEntry entry, String name) {
    return copy(entry, name, entry.resource().kind(), entry.resource().id());
  }

  private static AuditEntry with(String name, String kind, @Nullable String id) {
    return copy(BARE, name, kind, id);
  }

  private static AuditEntry copy(
      AuditEntry entry, String name, String kind, @Nullable String resource) {
    return new AuditEntry(
        entry.id(),
        entry.tenant(),
        new Actor("server", null, name),
        entry.action(),
        new Resource(kind, resource),
        entry.outcome(),
        entry.before(),
        entry.after(),
        entry.origin(),
        entry.at());
  }
}
