package dev.muster.application.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.application.UseCaseTest;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.audit.ChainHash;
import dev.muster.domain.audit.ChainHead;
import dev.muster.domain.audit.Finding;
import dev.muster.domain.audit.Finding.Kind;
import dev.muster.domain.audit.SignedHead;
import dev.muster.domain.credential.AuditSignatures;
import dev.muster.domain.credential.MasterKeys;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.audit.AuditVerification.Verified;
import dev.muster.ports.out.audit.AuditChains.Standing;
import dev.muster.ports.out.audit.InMemoryAuditChains;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditKeepingServiceTest extends UseCaseTest {
  private static final String OLD = "1:" + "11".repeat(32);
  private static final String NEW = "2:" + "22".repeat(32);

  private final InMemoryAuditChains chains = ports().auditChains();
  private AuditKeepingService keeping = keeping(OLD);
  private TenantId tenant = TenantId.SYSTEM;

  @BeforeEach
  void somebody() {
    tenant = tenant(PlanName.PRO).id();
    keeping.seal();
  }

  @Test
  void entries_are_linked_tenant_by_tenant() {
    TenantId other = tenant(PlanName.PRO).id();
    write(tenant, 3);
    write(other, 2);

    keeping.seal();

    assertThat(findings()).isEmpty();
    assertThat(chains.next(10)).isEmpty();
    assertThat(links(tenant)).isEqualTo(1 + 3);
    assertThat(links(other)).isEqualTo(1 + 2);
  }

  @Test
  void a_backlog_is_sealed_in_one_turn_whatever_its_length() {
    write(tenant, 4_500);

    assertThat(keeping.seal()).isEqualTo(4_500);
    assertThat(keeping.seal()).isZero();
  }

  @Test
  void a_chain_with_a_head_that_is_not_ours_goes_on_and_says_so_for_ever() {
    ChainHead head = standing().head().head();
    chains.extend(
        List.of(), List.of(new SignedHead(head.at(now().minusSeconds(1)), "1:" + "0".repeat(64))));
    write(tenant, 1);

    keeping.seal();
    write(tenant, 1);
    keeping.seal();

    assertThat(findings()).extracting(Finding::kind).containsExactly(Kind.BROKEN);
    assertThat(findings()).extracting(Finding::seq).containsExactly(head.seq() + 1);
  }

  @Test
  void a_chain_whose_head_is_gone_goes_on_behind_its_last_link() {
    SignedHead forged =
        new SignedHead(
            new ChainHead(tenant, 1, ChainHash.NONE, 0, ChainHash.NONE, 0, now()), "nonsense");
    write(tenant, 2);
    keeping.seal();
    chains.extend(List.of(), List.of(forged));
    write(tenant, 1);

    keeping.seal();

    assertThat(links(tenant)).isEqualTo(4);
    assertThat(findings()).extracting(Finding::kind).containsExactly(Kind.BROKEN);
  }

  @Test
  void what_is_past_its_retention_is_removed_and_the_rest_still_verifies() {
    write(tenant, 3);
    keeping.seal();
    pass(Duration.ofDays(40));
    write(tenant, 2);
    keeping.seal();
    assertThat(keeping.removeOld()).isZero();

    chains.set(tenant, 30);
    assertThat(keeping.removeOld()).isEqualTo(4);
    keeping.seal();

    assertThat(findings()).isEmpty();
    assertThat(links(tenant)).isEqualTo(2 + 1);
    assertThat(standing().head().head().removedThrough()).isEqualTo(4);
    assertThat(actions()).contains("audit.remove");
  }

  @Test
  void a_log_of_which_everything_was_removed_goes_on_where_it_was() {
    pass(Duration.ofDays(40));
    chains.set(tenant, 30);
    keeping.removeOld();
    keeping.seal();

    assertThat(findings()).isEmpty();
    assertThat(standing().lastSeq()).isEqualTo(2);
  }

  @Test
  void heads_are_signed_anew_before_an_old_master_key_goes() {
    keeping = keeping(NEW + "," + OLD);

    keeping.publishHeads();

    assertThat(standing().head().signature()).startsWith("2:");
    assertThat(findings(NEW)).isEmpty();
  }

  @Test
  void without_the_master_key_of_a_head_nothing_is_sealed_or_removed_or_marked() {
    int before = links(tenant);
    write(tenant, 2);
    keeping = keeping(NEW);
    assertThat(keeping.seal()).isZero();
    pass(Duration.ofDays(40));
    chains.set(tenant, 30);
    assertThat(keeping.removeOld()).isZero();

    keeping = keeping(NEW + "," + OLD);
    keeping.seal();

    assertThat(links(tenant)).isEqualTo(before + 2);
    assertThat(findings(NEW + "," + OLD)).isEmpty();
  }

  @Test
  void a_head_whose_master_key_is_not_known_is_told() {
    assertThat(findings(NEW)).extracting(Finding::kind).contains(Kind.HEAD_UNCHECKED);
  }

  @Test
  void what_waits_too_long_for_its_link_is_a_warning() {
    write(tenant, 1);
    assertThat(keeping.warnings()).isEmpty();

    pass(Duration.ofSeconds(61));
    assertThat(keeping.warnings()).containsExactly("audit_seal_lag_seconds=61");

    keeping.seal();
    assertThat(keeping.warnings()).isEmpty();
  }

  @Test
  void exported_heads_are_believed_by_their_signature_only() {
    SignedHead head = standing().head();
    SignedHead forged = new SignedHead(head.head().at(now().plusSeconds(1)), head.signature());

    assertThat(verify(OLD, List.of(head)).findings()).isZero();
    assertThat(verify(OLD, List.of(forged)).findings()).isEqualTo(1);
  }

  private void write(TenantId to, int count) {
    for (int i = 0; i < count; i++) {
      in().auditing().doneByServer(to, "agent.offline", new Resource("agent", null), null, null);
    }
  }

  private List<String> actions() {
    return audited().stream().map(AuditEntry::action).toList();
  }

  private int links(TenantId of) {
    return chains.links(of, 0, 10_000).size();
  }

  private Standing standing() {
    return chains.standings(Set.of(tenant)).get(tenant);
  }

  private List<Finding> findings() {
    return findings(OLD);
  }

  private List<Finding> findings(String keys) {
    List<Finding> findings = new ArrayList<>();
    new AuditVerificationService(chains, signatures(keys), in().clock())
        .verify(List.of(), findings::add);
    return findings;
  }

  private Verified verify(String keys, List<SignedHead> exported) {
    return new AuditVerificationService(chains, signatures(keys), in().clock())
        .verify(exported, any -> {});
  }

  private AuditKeepingService keeping(String keys) {
    return new AuditKeepingService(
        ports().sweepTurns(), chains, chains, signatures(keys), in().auditing(), in().clock());
  }

  private static AuditSignatures signatures(String keys) {
    return new AuditSignatures(MasterKeys.parse(Secret.of(keys)));
  }
}
