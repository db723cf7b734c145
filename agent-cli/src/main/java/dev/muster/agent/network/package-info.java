/**
 * The way out of this host: through a proxy or around it, whom TLS trusts, and what is said of a
 * connection that does not come about.
 *
 * <p>Every request of the agent and of its {@code http} connector goes through a client that is
 * made here. Failure modes: no name, no connection, a proxy that refuses, TLS that is not agreed
 * upon; {@link dev.muster.agent.network.NetworkFailure} puts them into words.
 */
@NullMarked
package dev.muster.agent.network;

import org.jspecify.annotations.NullMarked;
