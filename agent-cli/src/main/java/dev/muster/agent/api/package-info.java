/**
 * The agent's side of the server's HTTP API: typed calls, and the one place that decides which
 * answers are worth a retry.
 *
 * <p>States of a call: sent, then answered (one of the {@link dev.muster.agent.api.Reply} cases).
 * Failure modes: no connection, no answer in time, an answer that is too large, an answer that is
 * not Muster's (a captive portal, a load balancer's page): all of these are {@link
 * dev.muster.agent.api.Reply.Unavailable} and nothing about the agent's work may be concluded from
 * them.
 */
@NullMarked
package dev.muster.agent.api;

import org.jspecify.annotations.NullMarked;
