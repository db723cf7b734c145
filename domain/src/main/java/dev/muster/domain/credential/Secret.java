package dev.muster.domain.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A value that must not be seen: it shows itself as {@code ***} and compares in constant time.
 *
 * <p>An empty secret equals nothing, itself included, so that a credential that was never set
 * cannot be presented.
 */
public final class Secret {
  private static final String HIDDEN = "***";

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Takes a value into hiding. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The value itself, for the one place that needs it. */
  public String reveal() {
    return value;
  }

  /** The value's UTF-8 bytes. */
  public byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return value.isEmpty();
  }

  /** Compares in time that does not depend on where the values differ; empty matches nothing. */
  public boolean matches(Secret other) {
    return !isEmpty() && MessageDigest.isEqual(bytes(), other.bytes());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && matches(secret);
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
