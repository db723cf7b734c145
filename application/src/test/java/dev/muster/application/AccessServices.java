package dev.muster.application;

import dev.muster.application.access.AccessService;
import dev.muster.application.access.GateService;
import dev.muster.application.access.IdempotencyService;
import dev.muster.application.access.OperatorService;
import dev.muster.application.access.UserService;

/** The door, and who may come in by it, over ports in memory. */
interface AccessServices extends Ground {
  /** Its door. */
  default AccessService access() {
    return accessBehind(gate());
  }

  /** A door behind this gate. */
  default AccessService accessBehind(GateService gate) {
    AccessService access =
        new AccessService(
            ports().transactions(),
            new AccessService.Logins(
                ports().userTokens(),
                ports().agentKeys(),
                ports().jobDirectory(),
                ports().agentKeys(),
                agentTokenJoining()),
            ports().agents(),
            secrets(),
            auditing(),
            ports().clock(),
            gate,
            Installation.LEASE);
    ports().wakeups().wake(access);
    return access;
  }

  /** Its requests that may be repeated. */
  default IdempotencyService idempotency() {
    return new IdempotencyService(
        ports().transactions(), ports().idempotencyKeys(), ports().clock());
  }

  /** Its users. */
  default UserService users() {
    return new UserService(
        ports().transactions(),
        ports().users(),
        ports().userTokens(),
        ports().wakeups(),
        ports().tenants(),
        secrets(),
        auditing(),
        ports().clock(),
        ids());
  }

  /** Its operators. */
  default OperatorService operators() {
    return new OperatorService(
        ports().transactions(),
        ports().users(),
        ports().userTokens(),
        ports().wakeups(),
        secrets(),
        auditing(),
        ports().clock(),
        ids());
  }
}
