package dev.muster.application.access;

import dev.muster.application.gathering.Gathering;
import dev.muster.domain.credential.SignedCommand;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.Refusal;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Gate.Signed;
import dev.muster.ports.out.access.CommandNonces;
import dev.muster.ports.out.access.CommandNonces.Nonce;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

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

  /** Why a request that claims to be signed is refused; empty where it is good, this once. */
  Optional<Refusal> refusal(TenantId tenant, AgentId agent, CallerRules rules, Signed signed) {
    Optional<SignedCommand> command = command(agent, signed);
    String signature = signed.signature();
    if (command.isEmpty()
        || signature == null
        || rules.signingSecrets().stream()
            .noneMatch(secret -> command.get().isSignedBy(secret, signature))) {
      return refusal(
          Code.SIGNATURE_INVALID, "The signature is not this agent's over this request.");
    }
    if (!command.get().isTimely(clock.instant())) {
      return refusal(
          Code.SIGNATURE_EXPIRED,
          "The timestamp is more than %d s from the server's time."
              .formatted(SignedCommand.WINDOW.toSeconds()));
    }
    Nonce nonce =
        new Nonce(tenant, agent.value(), command.get().timestamp(), command.get().nonce());
    return claims.of(nonce)
        ? Optional.empty()
        : refusal(Code.SIGNATURE_REPLAYED, "A request with this nonce was taken before.");
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

  private static Optional<Refusal> refusal(Code code, String detail) {
    return Optional.of(Refusal.of(code, detail));
  }
}
