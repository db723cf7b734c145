/**
 * Releases of the agent: made known, uploaded, rolled out, offered, and what agents made of them.
 *
 * <p>Whoever a rollout reaches is called to look for the release, one agent after the other and
 * each once; a call that nobody hears costs the agent its usual interval.
 *
 * <p>Failure modes: an upload that breaks off leaves pieces that nobody offers, removed a day
 * later; enough agents that go back halt a rollout, which is an error in the log and an entry in
 * the audit log.
 */
@NullMarked
package dev.muster.application.update;

import org.jspecify.annotations.NullMarked;
