/**
 * Writing and reading the audit log. An entry is written in the transaction of the change that it
 * tells of; a refusal, whose transaction is undone, in one of its own.
 */
@NullMarked
package dev.muster.application.audit;

import org.jspecify.annotations.NullMarked;
