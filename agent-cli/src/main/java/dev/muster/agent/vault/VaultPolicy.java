package dev.muster.agent.vault;

import java.util.Optional;

/**
 * What the configuration says about the vault.
 *
 * @param allowUnbound whether an entry without targets may go anywhere
 * @param severalTenants whether the agent serves more than one tenant, so that each entry must name
 *     its own
 */
public record VaultPolicy(boolean allowUnbound, boolean severalTenants) {
  /** Why an entry may not go there; empty if it may. */
  Optional<String> refusal(VaultEntry entry, SecretTarget target, String tenant) {
    boolean namesTenants = entry.targets().map(each -> !each.tenants().isEmpty()).orElse(false);
    if (namesTenants && !entry.targets().orElseThrow().tenants().contains(tenant)) {
      return Optional.of("it belongs to another tenant");
    }
    if (severalTenants && !namesTenants) {
      return Optional.of("this agent serves several tenants and the entry names none");
    }
    if (entry.targets().isEmpty()) {
      return allowUnbound
          ? Optional.empty()
          : Optional.of("the entry does not say where it may go");
    }
    return entry.targets().get().refusal(target);
  }
}
