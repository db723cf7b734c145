package dev.muster.application.access;

import dev.muster.application.access.CallerRules.SigningSecret;
import dev.muster.application.gathering.Gathering;
import dev.muster.domain.credential.SignedCommand;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Gate.Signed;
import dev.muster.ports.out.access.CommandNonces;
import dev.muster.ports.out.access.CommandNonces.Nonce;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks signatures, in the order that tells least: the form, the signature itself, then its time,
 * then whether it was there before. Only who has the secret can add a nonce. Thread-safe.
 */
final class SignatureCheck {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
  private static final int MOST_TOGETHER = 200;
  private static final int AT_ONCE = 2;

  private final InstantSource clock;
  private final Gathering<Nonce, Boolean> claims;

  SignatureCheck(CommandNonces nonces, InstantSource clock) {
    this.clock = clock;
    this.claims = new Gathering<>(nonces::claim, MOST_TOGETHER, AT_ONCE);
  }

  /** With which version of its secret an agent signed; or why that is refused. */
  Outcome<Integer> check(TenantId tenant, AgentId agent, CallerRules rules, Signed signed) {
    Optional<SignedCommand> command = command(agent, signed);
    Optional<Integer> version = command.flatMap(said -> version(said, rules, signed.signature()));
    if (command.isEmpty() || version.isEmpty()) {
      return Outcome.refused(
          Code.SIGNATURE_INVALID, "The signature is not this agent's over this request.");
    }
    if (!command.get().isTimely(clock.instant())) {
      return Outcome.refused(
          Code.SIGNATURE_EXPIRED,
          "The timestamp is more than %d s from the server's time."
              .formatted(SignedCommand.WINDOW.toSeconds()));
    }
    Nonce nonce =
        new Nonce(tenant, agent.value(), command.get().timestamp(), command.get().nonce());
    return claims.of(nonce)
        ? Outcome.done(version.get())
        : Outcome.refused(Code.SIGNATURE_REPLAYED, "A request with this nonce was taken before.");
  }

  private static Optional<Integer> version(
      SignedCommand command, CallerRules rules, @Nullable String signature) {
    return signature == null
        ? Optional.empty()
        : rules.signingSecrets().stream()
            .filter(known -> command.isSignedBy(known.secret(), signature))
            .map(SigningSecret::version)
            .findFirst();
  }

  private static Optional<SignedCommand> command(AgentId agent, Signed signed) {
    String timestamp = signed.timestamp();
    String nonce = signed.nonce();
    return timestamp != null
            && nonce != null
            && SECONDS.matcher(timestamp).matches()
            && SignedCommand.NONCE.matcher(nonce).matches()
            && SignedCommand.isSignable(signed.method(), signed.target())
        ? Optional.of(
            new SignedCommand(
                signed.method(),
                signed.target(),
                agent.value(),
                Long.parseLong(timestamp),
                nonce,
                signed.bodyHash()))
        : Optional.empty();
  }
}
