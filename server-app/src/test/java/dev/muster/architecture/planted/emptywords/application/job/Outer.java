package dev.muster.architecture.planted.emptywords.application.job;

final class Outer {
  /** Nested types are named too. */
  static final class GuiltyNestedInfo {}
}
