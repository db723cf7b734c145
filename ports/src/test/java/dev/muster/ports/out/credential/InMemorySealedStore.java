package dev.muster.ports.out.credential;

import dev.muster.domain.credential.Belonging;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sealed values, in memory. */
public final class InMemorySealedStore implements SealedStore {
  private final InMemoryStorage storage;
  private final InMemoryTable<Belonging, Stored> values;

  /** Without any. */
  public InMemorySealedStore(InMemoryStorage storage) {
    this.storage = storage;
    this.values = storage.table();
  }

  /** Keeps one. */
  public void keep(Belonging belonging, byte[] sealed) {
    storage.forAllTenants(() -> {
      values.put(belonging, new Stored(belonging, sealed));
      return true;
    });
  }

  /** One that is kept. */
  public byte[] kept(Belonging belonging) {
    return storage.forAllTenants(() -> values.find(belonging).orElseThrow().sealed());
  }

  @Override
  public Map<Long, Long> countByKey() {
    return storage.forAllTenants(() ->
        values.stream()
            .map(InMemorySealedStore::keyOf)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
  }

  private static long keyOf(Stored value) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(value.sealed(), 1, Integer.BYTES).getInt());
  }

  @Override
  public List<Stored> sealedUnder(Collection<Long> keys, int most) {
    return storage.forAllTenants(
        () -> values.stream().filter(value -> keys.contains(keyOf(value))).limit(most).toList());
  }

  @Override
  public boolean replace(Stored before, byte[] anew) {
    return storage.forAllTenants(() -> {
      boolean same = values.find(before.belonging()).filter(before::equals).isPresent();
      if (same) {
        values.put(before.belonging(), new Stored(before.belonging(), anew));
      }
      return same;
    });
  }
}
