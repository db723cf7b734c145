package dev.muster.domain.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** An enumeration whose constants go over the wire, and into storage, as their lower-case names. */
public interface WireNamed {
  /** The constant's name in Java. */
  String name();

  /** The name in requests, answers, storage and documents, such as {@code free}. */
  default String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The constant of that name on the wire, exactly as it is written there; empty for none. */
  static <E extends Enum<E> & WireNamed> Optional<E> parse(Class<E> type, String wireName) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.wireName().equals(wireName))
        .findFirst();
  }
}
