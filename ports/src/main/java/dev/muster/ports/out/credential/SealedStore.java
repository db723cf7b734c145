package dev.muster.ports.out.credential;

import dev.muster.domain.credential.Belonging;
import dev.muster.ports.out.CrossTenant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** All that is stored sealed, of every kind: what a change of master keys has to go through. */
@CrossTenant("a master key is replaced for all tenants at once")
public interface SealedStore {
  /** How many values are sealed under each master key, by its id. */
  Map<Long, Long> countByKey();

  /** Values that are sealed under one of these master keys, at most so many of each kind. */
  List<Stored> sealedUnder(Collection<Long> keys, int most);

  /**
   * Puts a value that was sealed anew into its place.
   *
   * @return false where it has been replaced meanwhile, or is gone
   */
  boolean replace(Stored before, byte[] anew);

  /** A value as it is stored, and what it belongs to. */
  record Stored(Belonging belonging, byte[] sealed) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Stored(Belonging its, byte[] bytes)
          && belonging.equals(its)
          && Arrays.equals(sealed, bytes);
    }

    @Override
    public int hashCode() {
      return 31 * belonging.hashCode() + Arrays.hashCode(sealed);
    }

    @Override
    public String toString() {
      return belonging.toString();
    }
  }
}
