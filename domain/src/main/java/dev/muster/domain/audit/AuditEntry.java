package dev.muster.domain.audit;

import dev.muster.domain.tenancy.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit log.
 *
 * @param tenant whose log it is in
 * @param action what was done, such as {@code job.submit} or {@code agent.registered}
 * @param before the state before as JSON, or null where there was none
 * @param after the state after as JSON, or null where there is none
 */
public record AuditEntry(
    UUID id,
    TenantId tenant,
    Actor actor,
    String action,
    Resource resource,
    Outcome outcome,
    @Nullable String before,
    @Nullable String after,
    Origin origin,
    Instant at) {

  /**
   * Who did it.
   *
   * @param kind {@code operator}, {@code user}, {@code agent}, {@code job_token}, {@code server} or
   *     {@code anonymous}
   * @param id the actor's id, or null where it has none
   */
  public record Actor(String kind, @Nullable UUID id, String name) {}

  /**
   * What it was done to.
   *
   * @param kind such as {@code job} or {@code agent}
   * @param id its id or name, or null where there is none
   */
  public record Resource(String kind, @Nullable String id) {}

  /**
   * Where the call came from.
   *
   * @param address the caller's address, or null for what the server does by itself
   */
  public record Origin(
      @Nullable String address, @Nullable String userAgent, @Nullable String requestId) {
    /** For what the server does by itself. */
    public static final Origin SERVER = new Origin(null, null, null);
  }

  /** How it ended. */
  public enum Outcome {
    /** It was done. */
    DONE,
    /** It was refused. */
    REFUSED
  }
}
