package dev.muster.ports;

import java.io.Serial;

/** The storage cannot be reached, is full, or is stopping: nothing was changed, try again later. */
public final class StorageUnavailable extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With the cause, for the log only. */
  public StorageUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
