package dev.muster.architecture.planted.useless.domain.job;

public final class GuiltyRule {
  /** Called by nobody but itself. */
  public static int factorial(int number) {
    return number == 0 ? 1 : number * factorial(number - 1);
  }
}
