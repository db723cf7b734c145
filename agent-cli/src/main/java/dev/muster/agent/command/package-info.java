/**
 * The command line: what an operator can ask of the agent, and what it answers.
 *
 * <p>Failure modes: every one of them is a line on standard error and an {@link
 * dev.muster.agent.command.ExitCode}, never a stack trace. What the text of an unexpected exception
 * says is not shown, because it could hold a secret.
 */
@NullMarked
package dev.muster.agent.command;

import org.jspecify.annotations.NullMarked;
