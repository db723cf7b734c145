package dev.muster.agent.vault;

import dev.muster.domain.credential.Secret;
import java.util.Optional;

/**
 * One version of one secret.
 *
 * @param name {@code <path>/<key>}
 * @param version from 1 on
 * @param targets where it may go; empty if the entry does not say
 */
record VaultEntry(String name, int version, Secret value, Optional<Targets> targets) {}
