package dev.muster.ports.out;

import java.util.Optional;
import java.util.function.Supplier;

/** Lets one replica at a time sweep. */
@CrossTenant("sweeps work for all tenants")
public interface SweepTurns {
  /**
   * Does the work within a transaction across tenants, unless another replica is at the same sweep.
   *
   * @return what the work answered, or empty where another replica is at it
   */
  <T> Optional<T> alone(String sweep, Supplier<T> work);
}
