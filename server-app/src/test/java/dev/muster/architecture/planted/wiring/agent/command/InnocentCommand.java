package dev.muster.architecture.planted.wiring.agent.command;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

final class InnocentCommand {
  RandomGenerator planted() {
    return new SecureRandom();
  }
}
