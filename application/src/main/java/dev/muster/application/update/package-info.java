/**
 * Releases of the agent: made known, uploaded, rolled out, offered, and what agents made of them.
 *
 * <p>Failure modes: an upload that breaks off leaves pieces that nobody offers, removed a day
 * later; enough agents that go back halt a rollout, which is an error in the log and an entry in
 * the audit log.
 */
@NullMarked
package dev.muster.application.update;

import org.jspecify.annotations.NullMarked;
