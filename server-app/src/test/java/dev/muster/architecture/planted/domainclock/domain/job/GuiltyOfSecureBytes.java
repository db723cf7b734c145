package dev.muster.architecture.planted.domainclock.domain.job;

import java.security.SecureRandom;

final class GuiltyOfSecureBytes {
  int planted() {
    return new SecureRandom().nextInt();
  }
}
