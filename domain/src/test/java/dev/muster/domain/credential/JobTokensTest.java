package dev.muster.domain.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobTokensTest {
  private static final String OLD = "1:" + "11".repeat(32);
  private static final String NEW = "2:" + "22".repeat(32);
  private static final TenantId TENANT = new TenantId(new UUID(1, 2));
  private static final JobId JOB = new JobId(new UUID(3, 4));

  private final JobTokens tokens = with(OLD);

  @Test
  void a_jobs_token_can_be_made_again() {
    assertThat(tokens.of(TENANT, JOB)).isEqualTo(with(OLD).of(TENANT, JOB));
    assertThat(tokens.isOf(tokens.of(TENANT, JOB), TENANT, JOB)).isTrue();
    assertThat(Tokens.kindOf(tokens.of(TENANT, JOB))).contains(TokenKind.JOB);
  }

  @Test
  void it_opens_no_other_job_and_no_other_tenants() {
    Secret token = tokens.of(TENANT, JOB);

    assertThat(tokens.isOf(token, TENANT, new JobId(new UUID(3, 5)))).isFalse();
    assertThat(tokens.isOf(token, TenantId.SYSTEM, JOB)).isFalse();
    assertThat(tokens.isOf(Secret.of(""), TENANT, JOB)).isFalse();
    assertThat(tokens.isOf(Secret.of(token.reveal() + "x"), TENANT, JOB)).isFalse();
  }

  @Test
  void tenant_and_job_cannot_change_places() {
    assertThat(tokens.of(TENANT, JOB))
        .isNotEqualTo(tokens.of(new TenantId(JOB.value()), new JobId(TENANT.value())));
  }

  @Test
  void a_token_made_with_an_older_key_is_good_while_that_key_is_live() {
    Secret token = with(OLD).of(TENANT, JOB);

    for (String live : new String[] {NEW + "," + OLD, OLD + "," + NEW}) {
      assertThat(with(live).isOf(token, TENANT, JOB)).isTrue();
    }
    assertThat(with(NEW).isOf(token, TENANT, JOB)).isFalse();
    assertThat(with(NEW + "," + OLD).of(TENANT, JOB)).isEqualTo(with(NEW).of(TENANT, JOB));
  }

  private static JobTokens with(String masterKeys) {
    return new JobTokens(MasterKeys.parse(Secret.of(masterKeys)));
  }
}
