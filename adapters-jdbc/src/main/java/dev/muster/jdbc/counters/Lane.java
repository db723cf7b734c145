package dev.muster.jdbc.counters;

import dev.muster.domain.job.Job;
import dev.muster.domain.job.Priority;
import dev.muster.domain.job.Requirements;
import dev.muster.domain.scheduling.QueuedJob;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Which jobs of a tenant are alike to every agent: those of the same priority, worker type and
 * requirements. Among them the first in is the first out.
 *
 * <p>The lane is the first 16 bytes of a SHA-256, so that it is short in the index whatever the
 * requirements are. Two sets that collide would share a window of candidates and nothing else.
 */
public final class Lane {
  private Lane() {}

  /** The lane that a job waits in, or would. */
  public static UUID of(Job job) {
    return of(job.spec().priority(), job.workerType(), job.spec().requirements());
  }

  /** The lane in which a job waits. */
  public static UUID of(QueuedJob job) {
    return of(job.priority(), job.workerType(), job.requirements());
  }

  private static UUID of(Priority priority, String workerType, Requirements requirements) {
    List<String> parts = new ArrayList<>();
    parts.add(priority.name());
    parts.add(workerType);
    parts.add(String.valueOf(requirements.preferredRegion() != null));
    parts.add(String.valueOf(requirements.preferredRegion()));
    addAll(parts, requirements.capabilities());
    addAll(parts, requirements.tools());
    return digest(parts);
  }

  private static void addAll(List<String> parts, Collection<String> labels) {
    parts.add(String.valueOf(labels.size()));
    parts.addAll(labels);
  }

  /** Each part with its length before it, so that no two lists look the same. */
  private static UUID digest(List<String> parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      digest.update(bytes);
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new UUID(hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
