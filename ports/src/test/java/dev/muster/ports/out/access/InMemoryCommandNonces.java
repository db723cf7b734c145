package dev.muster.ports.out.access;

import dev.muster.domain.credential.SignedCommand;
import dev.muster.ports.out.InMemoryStorage;
import dev.muster.ports.out.InMemoryTable;
import java.time.InstantSource;
import java.util.List;

/** The nonces of signed requests, in memory. */
public final class InMemoryCommandNonces implements CommandNonces {
  private final InMemoryStorage storage;
  private final InMemoryTable<Nonce, Nonce> claimed;
  private final InstantSource clock;

  /** Without any. */
  public InMemoryCommandNonces(InMemoryStorage storage, InstantSource clock) {
    this.storage = storage;
    this.claimed = storage.table();
    this.clock = clock;
  }

  @Override
  public List<Boolean> claim(List<Nonce> nonces) {
    return storage.forAllTenants(() -> nonces.stream().map(this::claim).toList());
  }

  private boolean claim(Nonce nonce) {
    boolean isNew = claimed.find(nonce).isEmpty();
    claimed.put(nonce, nonce);
    return isNew;
  }

  @Override
  public boolean forget() {
    long oldest = clock.instant().getEpochSecond() - SignedCommand.NONCE_MEMORY.toSeconds();
    return storage.forAllTenants(() -> claimed.removeIf(each -> each.timestamp() < oldest)) > 0;
  }
}
