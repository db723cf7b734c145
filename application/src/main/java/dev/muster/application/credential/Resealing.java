package dev.muster.application.credential;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.Belonging;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.out.SweepTurns;
import dev.muster.ports.out.credential.SealedStore;
import dev.muster.ports.out.credential.SealedStore.Stored;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what is sealed to the current master key, so that an older one can be taken away. What does
 * not open is left as it is and said loudly: it was changed, or its key is not here.
 */
public final class Resealing {
  private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);
  private static final int AT_ONCE = 100;

  private final SweepTurns turns;
  private final SealedStore store;
  private final Secrets secrets;
  private final Auditing auditing;

  /** Seals anew what is in {@code store}. */
  public Resealing(SweepTurns turns, SealedStore store, Secrets secrets, Auditing auditing) {
    this.turns = turns;
    this.store = store;
    this.secrets = secrets;
    this.auditing = auditing;
  }

  /** Goes through all of it; answers how many values it sealed anew. */
  public int all() {
    Set<Belonging> shut = new HashSet<>();
    int total = 0;
    int last;
    int shutBefore;
    do {
      shutBefore = shut.size();
      last = turns.alone("reseal", () -> some(shut)).orElse(0);
      total += last;
    } while (last > 0 || shut.size() > shutBefore);
    turns.alone("reseal", this::report);
    return total;
  }

  /**
   * Seals some anew.
   *
   * @param shut what did not open so far; others stand behind it
   */
  private int some(Set<Belonging> shut) {
    Set<Long> older = secrets.olderMasterKeys();
    if (older.isEmpty()) {
      return 0;
    }
    List<Stored> found = store.sealedUnder(older, AT_ONCE + shut.size());
    int done = 0;
    for (Stored value : found) {
      Optional<byte[]> anew = secrets.resealed(value.belonging(), value.sealed());
      if (anew.isEmpty()) {
        shut.add(value.belonging());
      } else if (store.replace(value, anew.get())) {
        done++;
      }
    }
    if (done > 0) {
      auditing.doneByServer(
          TenantId.SYSTEM,
          "credential.reseal",
          new Resource("master_key", String.valueOf(secrets.currentMasterKey())),
          null,
          State.of("values", done));
    }
    return done;
  }

  /** What is left after all was tried. */
  private int report() {
    Map<Long, Long> counts = store.countByKey();
    long current = secrets.currentMasterKey();
    Set<Long> older = secrets.olderMasterKeys();
    counts.forEach((key, values) -> {
      if (older.contains(key)) {
        LOG.error("event=sealed_values_do_not_open master_key={} values={}", key, values);
      } else if (key != current) {
        LOG.error("event=master_key_missing master_key={} values={}", key, values);
      }
    });
    older.stream()
        .filter(key -> !counts.containsKey(key))
        .forEach(key -> LOG.info("event=master_key_seals_nothing master_key={}", key));
    return counts.size();
  }
}
