/**
 * The command line. Every command ends with one of the codes in {@link
 * dev.muster.server.command.ExitCode}; a failure that an operator can do something about is one
 * line on standard error, never a stack trace.
 */
@NullMarked
package dev.muster.server.command;

import org.jspecify.annotations.NullMarked;
