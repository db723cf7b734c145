package dev.muster.domain.planted;

final class ReturnsNull {
  static String name() {
    return null;
  }
}
