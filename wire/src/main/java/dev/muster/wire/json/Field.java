package dev.muster.wire.json;

import org.jspecify.annotations.Nullable;

/**
 * What a field of a request holds, once the whole request has been found valid.
 *
 * @param <T> what it was read as
 */
public final class Field<T> {
  private final boolean given;
  private final @Nullable T value;

  Field(boolean given, @Nullable T value) {
    this.given = given;
    this.value = value;
  }

  /** The value of a required field. */
  public T get() {
    if (value == null) {
      throw new IllegalStateException("an optional field was taken for a required one");
    }
    return value;
  }

  /** The value, or null when the field is absent or null. */
  public @Nullable T orNull() {
    return value;
  }

  /** The value, or another when the field is absent or null. */
  public T or(T fallback) {
    return value == null ? fallback : value;
  }

  /** Whether the field stands in the request at all, be it as null. */
  public boolean given() {
    return given;
  }
}
