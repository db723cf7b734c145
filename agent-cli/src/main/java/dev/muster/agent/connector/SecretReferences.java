package dev.muster.agent.connector;

import dev.muster.agent.vault.SecretLookup;
import dev.muster.agent.vault.SecretTarget;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.vault.VaultReference;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts secrets in the place of their references, for one target. */
public final class SecretReferences {
  private static final Pattern REFERENCE = Pattern.compile("vault://[A-Za-z0-9._/-]*");

  private SecretReferences() {}

  /** Whether a text holds something that looks like a reference, in any case. */
  public static boolean occurIn(String text) {
    return text.toLowerCase(Locale.ROOT).contains("vault://");
  }

  /** The secret of a text that is one reference and nothing else. */
  public static Secret resolve(String text, JobContext context, SecretTarget target)
      throws RefusedException {
    VaultReference reference =
        VaultReference.parse(text)
            .orElseThrow(
                () -> RefusedException.invalidPayload("not a vault reference where one must be"));
    return switch (context.resolve(reference, target)) {
      case SecretLookup.Found found -> found.secret();
      case SecretLookup.NotFound missing ->
          throw RefusedException.of("secret_not_found", missing.reference().toString(), false);
      case SecretLookup.NotAllowed refused ->
          throw RefusedException.of(
              "secret_not_allowed_for_target",
              refused.reference() + ": " + refused.reason(),
              false);
      case SecretLookup.Unavailable unavailable ->
          throw RefusedException.of("vault_unavailable", unavailable.reason(), true);
    };
  }

  /** The text with every reference in it replaced. */
  public static Secret resolveAll(String text, JobContext context, SecretTarget target)
      throws RefusedException {
    Matcher references = REFERENCE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    int from = 0;
    while (references.find()) {
      resolved.append(text, from, references.start());
      resolved.append(resolve(references.group(), context, target).reveal());
      from = references.end();
    }
    return Secret.of(resolved.append(text, from, text.length()).toString());
  }
}
