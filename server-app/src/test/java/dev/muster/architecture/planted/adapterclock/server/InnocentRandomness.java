package dev.muster.architecture.planted.adapterclock.server;

import java.security.SecureRandom;

final class InnocentRandomness {
  SecureRandom planted() {
    return new SecureRandom();
  }
}
