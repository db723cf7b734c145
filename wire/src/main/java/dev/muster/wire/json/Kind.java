package dev.muster.wire.json;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A kind of value that a field may hold.
 *
 * @param <T> what it is read as
 */
@FunctionalInterface
public interface Kind<T> {
  /**
   * Reads a value that is there and is not null.
   *
   * @return the value, or null after a problem has been added
   */
  @Nullable T read(JsonNode node, String pointer, Problems problems);

  /**
   * The same kind, taken further.
   *
   * @param next may throw {@link IllegalArgumentException}, whose message then is the problem; this
   *     is how the domain's own types have the last word
   */
  default <R> Kind<R> as(Function<? super T, ? extends R> next) {
    return (node, pointer, problems) -> {
      var value = read(node, pointer, problems);
      if (value == null) {
        return null;
      }
      try {
        return next.apply(value);
      } catch (IllegalArgumentException e) {
        problems.add(pointer, messageOf(e));
        return null;
      }
    };
  }

  private static String messageOf(IllegalArgumentException e) {
    var message = e.getMessage();
    return message == null ? "is not valid" : message;
  }
}
