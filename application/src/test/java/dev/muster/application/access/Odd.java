package dev.muster.application.access;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Texts that strangers could send in place of a good one. */
final class Odd {
  private Odd() {}

  /** Nothing, the good one, the good one changed, or anything at all. */
  static @Nullable String text(RandomGenerator random, String good) {
    return switch (random.nextInt(6)) {
      case 0 -> null;
      case 1, 2 -> good;
      case 3 -> changed(random, good);
      case 4 -> good.repeat(random.nextInt(5));
      default -> anything(random);
    };
  }

  private static String changed(RandomGenerator random, String good) {
    StringBuilder text = new StringBuilder(good);
    text.setCharAt(random.nextInt(good.length()), (char) random.nextInt(256));
    return text.toString();
  }

  private static String anything(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(80); length > 0; length--) {
      text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
    }
    return text.toString();
  }
}
