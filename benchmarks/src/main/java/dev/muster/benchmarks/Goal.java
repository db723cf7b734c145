package dev.muster.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a figure is to be, alone or as a ratio.
 *
 * @param what for people
 * @param figure what is judged
 * @param divisor what it is divided by, or none
 * @param factor what the quotient is multiplied by
 * @param atLeast whether the bound is the least that is wanted, else the most
 */
record Goal(
    String what,
    Figure figure,
    Optional<Figure> divisor,
    double factor,
    boolean atLeast,
    double bound) {

  static Goal atLeast(double bound, String what, Figure figure, Figure divisor) {
    return new Goal(what, figure, Optional.of(divisor), 1, true, bound);
  }

  static Goal atMost(double bound, String what, Figure figure, Figure divisor) {
    return new Goal(what, figure, Optional.of(divisor), 1, false, bound);
  }

  static Goal atMost(double bound, String what, Figure figure) {
    return new Goal(what, figure, Optional.empty(), 1, false, bound);
  }

  Goal times(double multiplier) {
    return new Goal(what, figure, divisor, multiplier, atLeast, bound);
  }

  /** A row of the table. */
  String row(Map<Figure, Double> figures) {
    Optional<Double> value = value(figures);
    return "| %s | %s | %s | %s | %s | %s |"
        .formatted(
            what,
            shown(figure, figures),
            divisor.map(d -> d.what() + ": " + shown(d, figures)).orElse("–"),
            value.map(v -> String.format(Locale.ROOT, "%.2f", v)).orElse("–"),
            (atLeast ? "≥ " : "≤ ") + bound,
            value.map(v -> isReached(v) ? "yes" : "**no**").orElse("not measured"));
  }

  private boolean isReached(double value) {
    return atLeast ? value >= bound : value <= bound;
  }

  private Optional<Double> value(Map<Figure, Double> figures) {
    Double measured = figures.get(figure);
    if (measured == null) {
      return Optional.empty();
    }
    return divisor.isEmpty()
        ? Optional.of(measured)
        : divisor.map(figures::get).map(by -> factor * measured / by);
  }

  private static String shown(Figure figure, Map<Figure, Double> figures) {
    Double measured = figures.get(figure);
    return measured == null ? "–" : figure.shown(measured);
  }
}
