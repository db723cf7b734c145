package dev.muster.domain.planted;

import java.util.List;

final class CastsUnchecked {
  static List<String> names(Object anything) {
    return (List<String>) anything;
  }
}
