package dev.muster.benchmarks.wire;

import dev.muster.outside.UnexpectedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the jobs out of the answer to a claim by looking for the two fields that a report needs: a
 * whole JSON reader would cost the driver more than the server's answer costs the server. It counts
 * on each job beginning with its id, and on payloads that have neither field.
 */
public final class ClaimedJobs {
  private static final byte[] JOBS = "\"jobs\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ID = "{\"id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ATTEMPT = "\"attempt\":".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_LENGTH = 36;

  private ClaimedJobs() {}

  /** A job that was claimed, and the fence that its report must carry. */
  public record Job(String id, int attempt) {}

  /** All jobs of an answer, in its order. */
  public static List<Job> of(Answer answer) {
    byte[] bytes = answer.orFail().bytes();
    List<Job> jobs = new ArrayList<>();
    int at = find(JOBS, bytes, answer.from(), answer.to());
    if (at < 0) {
      throw new UnexpectedException("no claim's answer: " + answer.text());
    }
    for (at = find(ID, bytes, at, answer.to()); at >= 0; at = find(ID, bytes, at, answer.to())) {
      String id = new String(bytes, at, ID_LENGTH, StandardCharsets.US_ASCII);
      at = find(ATTEMPT, bytes, at, answer.to());
      jobs.add(new Job(id, number(bytes, at)));
    }
    return jobs;
  }

  private static int number(byte[] bytes, int from) {
    int number = 0;
    for (int i = from; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }

  /** The place after the first occurrence, or -1. */
  private static int find(byte[] wanted, byte[] bytes, int from, int to) {
    outer:
    for (int i = from; i <= to - wanted.length; i++) {
      for (int j = 0; j < wanted.length; j++) {
        if (bytes[i + j] != wanted[j]) {
          continue outer;
        }
      }
      return i + wanted.length;
    }
    return -1;
  }
}
