/**
 * What a job may do on this host. {@link dev.muster.agent.connector.Connectors} holds the
 * connectors that the configuration lists and runs each job with the one that its payload names.
 *
 * <p>A job goes through: pick the connector, make its working folder, run, redact the outcome,
 * remove the folder. Logs and progress are redacted on their way out; a connector cannot go round
 * it.
 *
 * <p>Failure modes: a payload for a connector that is not listed ends in {@code not_allowed_here};
 * a connector that breaks down ends its job in {@code connector_failed}, with the kind of the fault
 * and nothing of its text.
 */
@NullMarked
package dev.muster.agent.connector;

import org.jspecify.annotations.NullMarked;
