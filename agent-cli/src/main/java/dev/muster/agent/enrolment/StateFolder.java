package dev.muster.agent.enrolment;

import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.SignedCommand;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The folder in which the agent keeps who it is; mode 0700. */
public final class StateFolder {
  private final Path folder;
  private final Path agentIdFile;

  private StateFolder(Path folder, Path agentIdFile) {
    this.folder = folder;
    this.agentIdFile = agentIdFile;
  }

  /**
   * Opens the folder, and makes it when it is missing.
   *
   * @param agentIdFile where this installation's UUID is kept, in the folder or elsewhere
   * @throws StateRefusedException if others can read the folder or it is another user's
   */
  public static StateFolder open(Path folder, Path agentIdFile)
      throws IOException, StateRefusedException {
    if (Files.notExists(folder)) {
      FileAttribute<?> ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
      Files.createDirectories(folder, ownerOnly);
    }
    PrivateFile.refuseOthers(folder, 0700);
    return new StateFolder(folder, agentIdFile);
  }

  /**
   * Keeps every other agent out of this folder until closed.
   *
   * @throws StateRefusedException if another one is in it
   */
  public AutoCloseable lock() throws IOException, StateRefusedException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    if (tryLock(channel) == null) {
      channel.close();
      throw new StateRefusedException("another agent is running on " + folder);
    }
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  /** The UUID of this installation, made at the first call. */
  public UUID instance() throws IOException, StateRefusedException {
    return uuid(new PrivateFile(agentIdFile));
  }

  /** Who the agent is; empty until it is enrolled. */
  public Optional<Identity> identity() throws IOException, StateRefusedException {
    Optional<String> text = identityFile().read();
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(IdentityJson.read(text.get(), folder.resolve("identity.json")));
  }

  /** Keeps who the agent is, and forgets the registration that led there. */
  void keep(Identity identity) throws IOException {
    identityFile().write(IdentityJson.write(identity));
    registrationFile().delete();
  }

  /**
   * Keeps the update key of an agent that comes by name, where it was given one, and forgets the
   * registration that led there.
   */
  void settle(Optional<Secret> updateKey) throws IOException {
    if (updateKey.isPresent()) {
      new PrivateFile(folder.resolve("update-key")).write(updateKey.get().reveal() + "\n");
    }
    registrationFile().delete();
  }

  /** The id of the registration under way, made at the first call and kept until it succeeds. */
  public UUID registration() throws IOException, StateRefusedException {
    return uuid(registrationFile());
  }

  /**
   * What the agent signs its calls with, 64 hex digits that an operator puts there; empty where it
   * does not sign.
   *
   * @throws StateRefusedException if others can read the file, or it holds something else
   */
  public Optional<Secret> signingSecret() throws IOException, StateRefusedException {
    PrivateFile file = new PrivateFile(folder.resolve("signing-secret"));
    Optional<Secret> secret = file.read().map(String::strip).map(Secret::of);
    if (secret.isPresent() && !SignedCommand.SECRET.matcher(secret.get().reveal()).matches()) {
      throw new StateRefusedException(file + " does not hold a signing secret: 64 hex digits");
    }
    return secret;
  }

  /** Keeps what the agent is to sign its calls with, in place of what stands there. */
  public void keepSigningSecret(Secret secret) throws IOException {
    new PrivateFile(folder.resolve("signing-secret")).write(secret.reveal() + "\n");
  }

  /** Notes that the server was heard. */
  public void noteContact(Instant at) throws IOException {
    new PrivateFile(folder.resolve("last-contact")).write(at.toString());
  }

  /** When the server was last heard; empty if never. */
  public Optional<Instant> lastContact() throws IOException, StateRefusedException {
    try {
      return new PrivateFile(folder.resolve("last-contact"))
          .read()
          .map(text -> Instant.parse(text.strip()));
    } catch (DateTimeParseException damaged) {
      return Optional.empty();
    }
  }

  /** Where lies what the server has not taken yet. */
  public Path spoolFolder() {
    return folder.resolve("spool");
  }

  /** Where jobs get their working folders. */
  public Path workFolder() {
    return workFolder(folder);
  }

  /** Where jobs get their working folders, in a state folder that is not open. */
  public static Path workFolder(Path folder) {
    return folder.resolve("work");
  }

  private PrivateFile identityFile() {
    return new PrivateFile(folder.resolve("identity.json"));
  }

  private PrivateFile registrationFile() {
    return new PrivateFile(folder.resolve("registration-id"));
  }

  private static UUID uuid(PrivateFile file) throws IOException, StateRefusedException {
    Optional<String> text = file.read();
    if (text.isEmpty()) {
      UUID made = UUID.randomUUID();
      file.write(made + "\n");
      return made;
    }
    try {
      return UUID.fromString(text.get().strip());
    } catch (IllegalArgumentException notAnId) {
      throw new StateRefusedException(file + " does not hold a UUID: remove it to have one made");
    }
  }
}
