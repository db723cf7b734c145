package dev.muster.architecture.planted.wiring.http.caller;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

final class GuiltyOfItsOwnDie {
  RandomGenerator planted() {
    return new SecureRandom();
  }
}
