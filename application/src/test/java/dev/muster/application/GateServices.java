package dev.muster.application;

import dev.muster.application.access.GateService;
import dev.muster.application.fleet.AgentSafeguardService;
import dev.muster.application.fleet.SigningRenewalService;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What is asked of callers besides a credential, over ports in memory. */
interface GateServices extends Ground {
  /** Another replica's gate. */
  default GateService anotherGate() {
    return gateCountingBy(
        () -> Duration.between(Installation.START, ports().clock().instant()).toNanos());
  }

  /** A gate that counts by such a clock. */
  default GateService gateCountingBy(LongSupplier nanos) {
    GateService made =
        new GateService(
            ports().transactions(),
            new GateService.Stores(
                ports().tenants(),
                ports().safeguards(),
                ports().signingSecrets(),
                ports().commandNonces(),
                ports().requestAllowances(),
                ports().requestAllowances()),
            secrets(),
            auditing(),
            ports().clock(),
            new GateService.Counting(Installation.REQUESTS_PER_MINUTE, nanos));
    ports().wakeups().wake(made);
    return made;
  }

  /** What is asked of its agents. */
  default AgentSafeguardService safeguards() {
    return new AgentSafeguardService(
        ports().transactions(),
        new AgentSafeguardService.Ground(
            ports().safeguards(), ports().signingSecrets(), Installation.REQUESTS_PER_MINUTE),
        ports().wakeups(),
        secrets(),
        auditing(),
        ports().clock());
  }

  /** What replaces its old signing secrets. */
  default SigningRenewalService renewal() {
    return new SigningRenewalService(
        ports().transactions(),
        ports().safeguards(),
        ports().signingSecrets(),
        ports().wakeups(),
        secrets(),
        auditing(),
        ports().clock());
  }
}
