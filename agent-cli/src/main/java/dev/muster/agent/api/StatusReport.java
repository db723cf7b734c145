package dev.muster.agent.api;

import dev.muster.domain.job.Progress;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a job stands, as this agent sees it.
 *
 * @param lease the job and attempt
 * @param state how it stands
 * @param progress how far it is; null when nothing new is to be said
 * @param result what came out; null unless completed
 * @param error why it failed; null unless it did
 */
public record StatusReport(
    Lease lease,
    State state,
    @Nullable Progress progress,
    @Nullable JsonNode result,
    @Nullable Failure error) {

  /** The states an agent may report. */
  public enum State {
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED,
    RELEASED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Why a job failed.
   *
   * @param errorClass a stable name
   * @param message a line for people, already redacted
   * @param retryable whether another attempt could go better
   */
  public record Failure(String errorClass, String message, boolean retryable) {}

  /** This report as it is sent, for the spool. */
  public byte[] toBytes() {
    return Json.bytes(ReportJson.write(this));
  }

  /** A report as {@link #toBytes} wrote it; empty where it is damaged. */
  public static Optional<StatusReport> read(Lease lease, byte[] bytes) {
    return ReportJson.read(lease, bytes);
  }

  /** How many bytes this report takes on the wire. */
  public int wireBytes() {
    return Json.bytes(ReportJson.write(this)).length;
  }

  /** The work has begun, or has come further. */
  public static StatusReport running(Lease lease, @Nullable Progress progress) {
    return new StatusReport(lease, State.RUNNING, progress, null, null);
  }

  /** The work is done. */
  public static StatusReport completed(Lease lease, JsonNode result) {
    return new StatusReport(lease, State.COMPLETED, null, result, null);
  }

  /** The work failed. */
  public static StatusReport failed(Lease lease, Failure error) {
    return new StatusReport(lease, State.FAILED, null, null, error);
  }

  /** The work was stopped because somebody asked for that. */
  public static StatusReport cancelled(Lease lease) {
    return new StatusReport(lease, State.CANCELLED, null, null, null);
  }

  /** This agent gives the job back; nothing of it counts. */
  public static StatusReport released(Lease lease) {
    return new StatusReport(lease, State.RELEASED, null, null, null);
  }
}
