package dev.muster.domain.planted;

final class ForgetsToThrow {
  static void refuse() {
    new IllegalStateException("refused");
  }
}
