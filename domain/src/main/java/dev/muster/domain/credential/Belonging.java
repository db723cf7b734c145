package dev.muster.domain.credential;

import dev.muster.domain.tenancy.TenantId;

/**
 * What a sealed value belongs to. It is sealed in with the value, so that a ciphertext that was
 * moved to another row, or an older one put back, does not open.
 *
 * @param kind what the value is, such as {@code agent_update_key}
 * @param owner whose it is, such as an agent's id
 * @param rowId the id of the row that holds it
 * @param version how often the row's value was replaced
 */
public record Belonging(String kind, TenantId tenant, String owner, String rowId, long version) {
  /** The fields, so that no two belongings have the same bytes. */
  byte[] toBytes() {
    return new LengthPrefixed()
        .add(kind)
        .add(tenant.value())
        .add(owner)
        .add(rowId)
        .add(version)
        .toBytes();
  }
}
