package dev.muster.domain.planted;

final class DependsOnTheLocale {
  static String lower(String name) {
    return name.toLowerCase();
  }
}
