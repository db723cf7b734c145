package dev.muster.architecture.planted.wiring.jdbc.embedded;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

final class InnocentRandomness {
  RandomGenerator planted() {
    return new SecureRandom();
  }
}
