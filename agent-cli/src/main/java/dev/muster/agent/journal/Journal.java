package dev.muster.agent.journal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events as lines of {@code key=value}. Thread-safe.
 *
 * <p>Fields are given as alternating keys and values. An exception is never passed on: a stack
 * trace may carry what a message must not, and an operator can do nothing with it.
 */
public final class Journal {
  private final Logger logger;

  private Journal(Logger logger) {
    this.logger = logger;
  }

  /** The journal of one part of the agent, for instance {@code claim} or {@code heartbeat}. */
  public static Journal of(String part) {
    return new Journal(LoggerFactory.getLogger(part));
  }

  /** What an operator wants to see when nothing is wrong. */
  public void info(String event, Object... fields) {
    logger.info("{}", line(event, fields));
  }

  /** What may need somebody's attention. */
  public void warn(String event, Object... fields) {
    logger.warn("{}", line(event, fields));
  }

  /** What the agent could not do although it should. */
  public void error(String event, Object... fields) {
    logger.error("{}", line(event, fields));
  }

  /** What only a developer wants to see. */
  public void debug(String event, Object... fields) {
    if (logger.isDebugEnabled()) {
      logger.debug("{}", line(event, fields));
    }
  }

  static String line(String event, Object... fields) {
    if (fields.length % 2 != 0) {
      throw new IllegalStateException("Fields of event " + event + " are not pairs");
    }
    StringBuilder line = new StringBuilder("event=").append(event);
    for (int i = 0; i < fields.length; i += 2) {
      line.append(' ').append(fields[i]).append('=').append(quoted(String.valueOf(fields[i + 1])));
    }
    return line.toString();
  }

  private static String quoted(String value) {
    boolean plain =
        !value.isEmpty()
            && value.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '=');
    if (plain) {
      return value;
    }
    StringBuilder quoted = new StringBuilder("\"");
    value
        .codePoints()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            quoted.append('\\').appendCodePoint(c);
          } else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
            quoted.append(String.format("\\u%04x", c));
          } else {
            quoted.appendCodePoint(c);
          }
        });
    return quoted.append('"').toString();
  }
}
