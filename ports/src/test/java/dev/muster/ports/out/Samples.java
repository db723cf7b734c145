package dev.muster.ports.out;

import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.TokenScope;
import dev.muster.domain.access.User;
import dev.muster.domain.access.UserId;
import dev.muster.domain.access.UserToken;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenHash;
import dev.muster.domain.enrolment.Constraints;
import dev.muster.domain.enrolment.EnrolmentToken;
import dev.muster.domain.enrolment.EnrolmentTokenId;
import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.fleet.AgentName;
import dev.muster.domain.identity.UuidV7;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Pool;
import dev.muster.domain.tenancy.SecretDelivery;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.tenancy.TenantSlug;
import dev.muster.domain.tenancy.TenantStatus;
import dev.muster.domain.tenancy.WorkerMode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Things to store, each with an id and a name of its own, each made later than the one before. */
public final class Samples {
  /** When everything began; to the microsecond, as storage keeps it. */
  public static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");

  private static final AtomicLong COUNT = new AtomicLong();

  private Samples() {}

  /** An id that nobody else has. */
  public static UUID id() {
    return id(COUNT.incrementAndGet());
  }

  private static UUID id(long count) {
    byte[] random =
        ByteBuffer.allocate(UuidV7.RANDOM_BYTES).putShort((short) 7).putLong(count).array();
    return UuidV7.of(NOW.plusMillis(count), random);
  }

  private static Instant madeAt(long count) {
    return NOW.plusMillis(count);
  }

  /** An active tenant on the plan {@code pro}, with every default. */
  public static Tenant tenant() {
    long count = COUNT.incrementAndGet();
    return new Tenant(
        new TenantId(id(count)),
        new TenantSlug("tenant-" + count),
        "Tenant " + count,
        PlanName.PRO,
        WorkerMode.AGENT,
        Pool.SHARED,
        Tenant.DEFAULT_WORKER_TYPE,
        SecretDelivery.REFERENCE,
        null,
        0,
        List.of(),
        TenantStatus.ACTIVE,
        madeAt(count));
  }

  /** A user: an operator where the tenant is the system's, else an admin. */
  public static User user(TenantId tenant) {
    long count = COUNT.incrementAndGet();
    return new User(
        new UserId(id(count)),
        tenant,
        "user-" + count,
        tenant.isSystem() ? Role.OPERATOR : Role.ADMIN,
        madeAt(count));
  }

  /** A token that does not expire. */
  public static UserToken userToken(UserId user) {
    long count = COUNT.incrementAndGet();
    return new UserToken(
        new TokenId(id(count)),
        user,
        "mst_user_abcd",
        "for tests",
        TokenScope.ALL,
        madeAt(count),
        null,
        null,
        null);
  }

  /** The hash of a token that nobody else has. */
  public static TokenHash hash() {
    return TokenHash.of(Secret.of("token " + COUNT.incrementAndGet()));
  }

  /** An enabled agent that has never called. */
  public static Agent agent(TenantId tenant) {
    long count = COUNT.incrementAndGet();
    return new Agent(
        new AgentId(id(count)),
        tenant,
        new AgentName("agent-" + count),
        Abilities.of(Set.of("network", "scan"), Set.of("nmap"), "eu-1"),
        Tenant.DEFAULT_WORKER_TYPE,
        null,
        Agent.DEFAULT_CONCURRENT,
        0,
        true,
        false,
        null,
        null,
        madeAt(count));
  }

  /** An enrolment token without demands that lives for an hour from {@link #NOW}. */
  public static EnrolmentToken enrolmentToken(TenantId tenant, int maxUses) {
    long count = COUNT.incrementAndGet();
    return new EnrolmentToken(
        new EnrolmentTokenId(id(count)),
        tenant,
        "mst_reg_abcd",
        "for tests",
        Constraints.NONE,
        maxUses,
        0,
        NOW.plus(Duration.ofHours(1)),
        null,
        null,
        madeAt(count),
        "somebody");
  }
}
