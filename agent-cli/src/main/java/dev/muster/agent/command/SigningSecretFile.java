package dev.muster.agent.command;

import dev.muster.agent.api.NonceRandomness;
import dev.muster.agent.api.Signing;
import dev.muster.agent.disk.DiskFailure;
import dev.muster.agent.enrolment.StateFolder;
import dev.muster.agent.enrolment.StateRefusedException;
import dev.muster.agent.journal.Journal;
import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The signing secret in the state folder, read for every call, so that one that was replaced there
 * is used from the next call on. While the file cannot be used, the one before goes on.
 * Thread-safe.
 */
final class SigningSecretFile implements Supplier<Optional<Secret>> {
  private static final Journal JOURNAL = Journal.of("agent");

  private final StateFolder state;
  private volatile Optional<Secret> last;

  private SigningSecretFile(StateFolder state, Optional<Secret> first) {
    this.state = state;
    this.last = first;
  }

  /** Signs for an agent with what stands in its state folder, now and later. */
  static Signing signing(StateFolder state, UUID agent) {
    SigningSecretFile file = new SigningSecretFile(state, first(state));
    return new Signing(agent, file, file::keep, new NonceRandomness(), InstantSource.system());
  }

  /** At start, a file that cannot be used is refused rather than overlooked. */
  private static Optional<Secret> first(StateFolder state) {
    try {
      return state.signingSecret();
    } catch (StateRefusedException refused) {
      throw Preparation.stateFailure(String.valueOf(refused.getMessage()));
    } catch (IOException unreadable) {
      throw Preparation.stateFailure(
          "the signing secret cannot be read: " + DiskFailure.describe(unreadable));
    }
  }

  /** Where it cannot be kept, the server says it again with the next heartbeat, for a day. */
  private void keep(Secret renewed) {
    try {
      state.keepSigningSecret(renewed);
      JOURNAL.info("signing_secret_renewed");
    } catch (IOException unwritable) {
      JOURNAL.error("signing_secret_not_kept", "kind", DiskFailure.describe(unwritable));
    }
  }

  @Override
  public Optional<Secret> get() {
    try {
      last = state.signingSecret();
    } catch (IOException | StateRefusedException unusable) {
      JOURNAL.warn("signing_secret_unusable", "kind", unusable.getClass().getSimpleName());
    }
    return last;
  }
}
