package dev.muster.domain.planted;

import java.util.List;

final class LosesNullInGenerics {
  static List<String> names(Innocent innocent) {
    return innocent.names();
  }
}
