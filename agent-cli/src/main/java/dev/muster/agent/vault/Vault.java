package dev.muster.agent.vault;

import dev.muster.agent.vault.VaultFile.Stamp;
import dev.muster.domain.vault.VaultReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The secrets of this host. Looks at the file before each answer and reads it again when it
 * changed. Safe for use by many threads.
 */
public final class Vault {
  private final VaultFile file;
  private final VaultPolicy policy;
  private Optional<Stamp> stamp;
  private Contents contents;
  private boolean stale;

  private sealed interface Contents {
    record Entries(List<VaultEntry> list) implements Contents {}

    record Refused(String reason) implements Contents {}
  }

  private Vault(VaultFile file, VaultPolicy policy, Optional<Stamp> stamp, Contents contents) {
    this.file = file;
    this.policy = policy;
    this.stamp = stamp;
    this.contents = contents;
  }

  /**
   * Opens the vault; a file that is not there yet is an empty one.
   *
   * @throws VaultRefusedException if others can read the file, it is another user's, or it holds
   *     something else than a vault
   */
  public static Vault open(Path path, VaultPolicy policy)
      throws IOException, VaultRefusedException {
    return open(path, policy, VaultFile.currentUser());
  }

  static Vault open(Path path, VaultPolicy policy, int user)
      throws IOException, VaultRefusedException {
    VaultFile file = new VaultFile(path, user);
    Optional<Stamp> stamp = file.stamp();
    return new Vault(file, policy, stamp, new Contents.Entries(file.read().entries()));
  }

  /**
   * The secret of that name, for that target only.
   *
   * @param tenant the slug of the tenant whose job asks
   */
  public SecretLookup resolve(VaultReference reference, SecretTarget target, String tenant) {
    return switch (current()) {
      case Contents.Refused refused -> new SecretLookup.Unavailable(refused.reason());
      case Contents.Entries entries ->
          find(entries.list(), reference)
              .map(entry -> checked(entry, reference, target, tenant))
              .orElseGet(() -> new SecretLookup.NotFound(reference));
    };
  }

  private static Optional<VaultEntry> find(List<VaultEntry> entries, VaultReference reference) {
    return entries.stream()
        .filter(entry -> entry.name().equals(reference.name()))
        .filter(entry -> reference.version().orElse(entry.version()) == entry.version())
        .max(Comparator.comparingInt(VaultEntry::version));
  }

  private SecretLookup checked(
      VaultEntry entry, VaultReference reference, SecretTarget target, String tenant) {
    return policy
        .refusal(entry, target, tenant)
        .<SecretLookup>map(reason -> new SecretLookup.NotAllowed(reference, reason))
        .orElseGet(() -> new SecretLookup.Found(entry.value()));
  }

  private synchronized Contents current() {
    try {
      Optional<Stamp> now = file.stamp();
      if (stale || !now.equals(stamp)) {
        contents = new Contents.Entries(file.read().entries());
        stamp = now;
        stale = false;
      }
    } catch (VaultRefusedException e) {
      contents = new Contents.Refused(String.valueOf(e.getMessage()));
      stale = true;
    } catch (IOException e) {
      contents = new Contents.Refused("the vault cannot be read: " + e.getClass().getSimpleName());
      stale = true;
    }
    return contents;
  }
}
