package dev.muster.benchmarks.wire;

import dev.muster.outside.UnexpectedException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of an HTTP/1.1 answer. Remembers what it has read of the head, so that a long body
 * that comes in many pieces is not read from its beginning each time.
 */
final class AnswerParser {
  private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CHUNKED = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS_AT = 9;
  private static final int CHUNKS = -1;

  private int bodyAt;
  private int length;
  private int status;

  /** The answer that ends with the last of the bytes, or null where something is missing. */
  @Nullable Answer parse(byte[] bytes, int count) {
    if (bodyAt == 0 && !readHead(bytes, count)) {
      return null;
    }
    Answer answer = length == CHUNKS ? chunked(bytes, count) : plain(bytes, count);
    if (answer != null) {
      bodyAt = 0;
    }
    return answer;
  }

  private @Nullable Answer plain(byte[] bytes, int count) {
    int end = bodyAt + length;
    if (count > end) {
      throw new UnexpectedException("more bytes than the answer has");
    }
    return count < end ? null : new Answer(status, bytes, bodyAt, end);
  }

  private @Nullable Answer chunked(byte[] bytes, int count) {
    if (count < bodyAt + 5
        || bytes[count - 5] != '0'
        || bytes[count - 4] != '\r'
        || bytes[count - 1] != '\n'
        || bytes[count - 3] != '\n') {
      return null;
    }
    byte[] body = Chunks.joined(bytes, bodyAt, count);
    return new Answer(status, body, 0, body.length);
  }

  private boolean readHead(byte[] bytes, int count) {
    int line = 0;
    length = 0;
    for (int i = 0; i < count; i++) {
      if (bytes[i] != '\n') {
        continue;
      }
      if (i - line <= 1) {
        bodyAt = i + 1;
        status = number(bytes, STATUS_AT, STATUS_AT + 3);
        return true;
      }
      readHeader(bytes, line, i);
      line = i + 1;
    }
    return false;
  }

  private void readHeader(byte[] bytes, int from, int to) {
    if (startsWith(bytes, from, to, LENGTH)) {
      length = number(bytes, from + LENGTH.length, to);
    } else if (startsWith(bytes, from, to, CHUNKED)) {
      length = CHUNKS;
    }
  }

  private static boolean startsWith(byte[] bytes, int from, int to, byte[] name) {
    if (to - from < name.length) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if ((bytes[from + i] | 0x20) != (name[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private static int number(byte[] bytes, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        number = number * 10 + bytes[i] - '0';
      }
    }
    return number;
  }
}
