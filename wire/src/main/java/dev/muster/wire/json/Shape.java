package dev.muster.wire.json;

import java.util.function.Supplier;

/**
 * What an object must look like, and what is made of it.
 *
 * @param <T> what is made of it
 */
@FunctionalInterface
public interface Shape<T> {
  /**
   * Declares the fields.
   *
   * @return makes the value; called only when no field has a problem; may throw {@link
   *     IllegalArgumentException}, whose message is then the object's problem
   */
  Supplier<T> read(Fields fields);
}
