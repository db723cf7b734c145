package dev.muster.agent.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.domain.credential.Secret;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What one job must not reveal. Knows the secrets that the job has resolved so far; one that is
 * added later is honoured by streams that are already open. Safe for use by many threads.
 */
public final class JobRedaction {
  private final Set<String> forms = new LinkedHashSet<>();
  private volatile Automaton automaton = Automaton.of(Set.of());

  /** Has a secret, in all of its forms, redacted from now on. */
  public synchronized void conceal(Secret secret) {
    if (forms.addAll(SecretForms.of(secret))) {
      automaton = Automaton.of(forms);
    }
  }

  /** A stream that passes on what it is given, redacted. */
  public RedactingStream stream(ByteSink out) {
    return new RedactingStream(new ValueFilter(() -> automaton, new HeaderFilter(out)));
  }

  /**
   * The whole text, redacted. NUL and lone surrogates, which no receiver takes, are replaced.
   *
   * <p>The beginning of a secret at its end stays: who could see that it is taken for one could try
   * a secret out character by character. A text that was cut off must lose its last line before.
   */
  public String redact(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    ValueFilter values = new ValueFilter(() -> automaton, new HeaderFilter(out::write));
    byte[] bytes = text.getBytes(UTF_8);
    values.write(bytes, 0, bytes.length);
    values.end();
    return out.toString(UTF_8).replace('\0', '\uFFFD');
  }

  /** A copy of the JSON with all texts, names and numbers redacted. */
  public JsonNode redact(JsonNode json) {
    return JsonRedaction.copy(json, this);
  }
}
