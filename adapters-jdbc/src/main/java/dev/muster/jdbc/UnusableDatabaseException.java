package dev.muster.jdbc;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The database cannot be used as it is. The message is one line that says what to do. */
public final class UnusableDatabaseException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  UnusableDatabaseException(String message) {
    this(message, null);
  }

  UnusableDatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
