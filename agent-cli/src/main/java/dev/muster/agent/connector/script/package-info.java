/**
 * The {@code script} connector: JavaScript that a job brings, in a sandbox.
 *
 * <p>A job goes through: read the payload, start a JVM for it, answer its calls until it has
 * returned, end the JVM. A call of {@code http} or {@code ldap} is a job of that connector: what
 * its part of the configuration does not allow is refused here as it is there. What comes back is
 * redacted before the script sees it, and a secret is known to the script by a word only, so no
 * script ever holds a secret's value. A call of {@code api} goes to the agent's own server with the
 * job's token, where the configuration allows it.
 *
 * <p>Failure modes: a script that throws ends in {@code script_error}, or in the error class of the
 * call that was refused or failed; one that passes a limit in {@code script_time_limit}, {@code
 * script_cpu_limit}, {@code script_memory_limit}, {@code script_output_limit}, {@code
 * script_call_limit}, {@code script_result_too_large} or {@code script_too_large}; a sandbox that
 * breaks in {@code sandbox_died}, {@code sandbox_not_started} (both worth another attempt) or
 * {@code sandbox_protocol}.
 */
@NullMarked
package dev.muster.agent.connector.script;

import org.jspecify.annotations.NullMarked;
