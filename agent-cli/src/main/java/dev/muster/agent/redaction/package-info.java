/**
 * Keeps secrets out of everything that leaves this host: by value, in every form that a value may
 * take on its way, and by the names of headers that carry credentials.
 *
 * <p>{@link dev.muster.agent.redaction.JobRedaction} belongs to one job and knows the secrets that
 * the job has resolved. Text passes it as whole strings, as JSON, or as streams in which a secret
 * may be cut anywhere.
 *
 * <p>Failure modes: a secret that is encoded in a way not listed in {@code SecretForms}, or twice,
 * is not recognised; text that happens to look like a secret is redacted too. What a stream holds
 * back is never more than the longest form of a secret.
 */
@NullMarked
package dev.muster.agent.redaction;

import org.jspecify.annotations.NullMarked;
