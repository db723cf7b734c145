package dev.muster.server.configuration;

import dev.muster.domain.credential.MasterKeys;
import dev.muster.domain.credential.Secret;
import dev.muster.tracing.TracingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that the server was told. Immutable; shows no secret.
 *
 * @param database where everything is kept
 * @param masterKeys seals stored secrets; empty only where {@link Purpose} or the embedded database
 *     allow that (then {@link MasterKeyFile} has them)
 * @param http where and behind what the server listens
 * @param access who is let in, and how much
 * @param local local mode; empty where it is off
 * @param jobs how jobs are leased, shared out and kept
 * @param inlineJobs what this replica runs itself
 * @param logging what is logged, and how
 * @param tracing what is traced, and where it goes; empty where nothing is
 * @param notices what is set to no effect: to be logged as warnings
 */
public record ServerConfiguration(
    DatabaseChoice database,
    Optional<MasterKeys> masterKeys,
    HttpSettings http,
    AccessSettings access,
    Optional<LocalMode> local,
    JobSettings jobs,
    InlineJobSettings inlineJobs,
    LogSettings logging,
    Optional<TracingSettings> tracing,
    List<String> notices) {
  /** Copies the list. */
  public ServerConfiguration {
    notices = List.copyOf(notices);
  }

  /**
   * Who is let in, and how much.
   *
   * @param adminToken the token of the first operator; empty where there is none to be made
   * @param requestsPerMinute the usual limit of a credential
   * @param legacyRegistration whether agents may register without a token
   * @param auditReads whether reads by people are audited
   */
  public record AccessSettings(
      Optional<Secret> adminToken,
      int requestsPerMinute,
      boolean legacyRegistration,
      boolean auditReads) {}

  /**
   * The server keeps one tenant, {@code local}, and lets agents of the host register.
   *
   * @param agentKey what they register with
   */
  public record LocalMode(Secret agentKey) {}

  /**
   * How jobs are leased, shared out and kept.
   *
   * @param lease how long a lease lasts
   * @param fairnessSlack how many starts a tenant may be ahead of another
   * @param retention how long finished jobs, their logs and results are kept
   */
  public record JobSettings(Duration lease, int fairnessSlack, Duration retention) {}

  /** What is logged, and how. */
  public record LogSettings(Level level, Format format) {
    /** From which level on. */
    public enum Level {
      /** Everything. */
      TRACE,
      /** What helps to find a fault. */
      DEBUG,
      /** What happens. */
      INFO,
      /** What may need somebody. */
      WARN,
      /** What went wrong. */
      ERROR
    }

    /** In which form. */
    public enum Format {
      /** {@code key=value}. */
      TEXT,
      /** An object a line. */
      JSON
    }
  }
}
