package dev.muster.server.configuration;

/** Whole numbers within bounds. */
final class Numbers {
  private Numbers() {}

  /**
   * Reads a number.
   *
   * @throws IllegalArgumentException with both bounds, for whatever else the text is
   */
  static int between(int least, int most, String text) {
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException("must be a whole number from " + least + " to " + most);
  }
}
