package dev.muster.architecture.planted.wiring.http.caller;

import java.util.UUID;

final class InnocentIdentifier {
  UUID planted() {
    return UUID.randomUUID();
  }
}
