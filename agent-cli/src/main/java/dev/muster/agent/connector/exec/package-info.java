/**
 * The {@code exec} connector: programs of this host, by the names and within the patterns that its
 * configuration gives. No shell is ever involved.
 *
 * <p>A job goes through: find the tool, check its parameters, resolve its secrets for exactly these
 * parameters, build the command, run, stop everything it started, read the result.
 *
 * <p>Failure modes: a tool, parameter or value that is not listed ends in {@code not_allowed_here}
 * before anything is started; a program that is not installed in {@code tool_not_found}; an exit
 * code that does not mean success in {@code tool_failed}; time that is up in {@code run_timeout}.
 */
@NullMarked
package dev.muster.agent.connector.exec;

import org.jspecify.annotations.NullMarked;
