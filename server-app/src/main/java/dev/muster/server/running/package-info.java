/**
 * The server as it runs: its database, its parts, its clockwork, and how it starts and stops.
 *
 * <p>States: starting, serving, draining (not ready; polls answered, requests finished), stopped.
 * What was opened is closed in reverse order; a start that fails closes what it had opened.
 */
@NullMarked
package dev.muster.server.running;

import org.jspecify.annotations.NullMarked;
