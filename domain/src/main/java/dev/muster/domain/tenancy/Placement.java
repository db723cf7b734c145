package dev.muster.domain.tenancy;

/**
 * Which agents take the jobs that a tenant submits.
 *
 * @param pool whose agents
 * @param workerType which of them
 */
public record Placement(Pool pool, String workerType) {
  /**
   * The worker type of the workers within the server, and of the jobs that are theirs. No label may
   * look like it, so no agent and no tenant can say that it is of this type.
   */
  public static final String INLINE = "(inline)";

  /** Where a tenant's jobs go that runs them so; in the server they go to the platform's own. */
  public static Placement of(WorkerMode mode, Pool pool, String workerType) {
    return switch (mode) {
      case AGENT -> new Placement(pool, workerType);
      case INLINE -> new Placement(Pool.SHARED, INLINE);
    };
  }

  /** Whether a worker type is that of the workers within the server. */
  public static boolean isInline(String workerType) {
    return workerType.equals(INLINE);
  }
}
