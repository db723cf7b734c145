/**
 * A server that speaks Muster's agent protocol over a real socket, and can be told to misbehave.
 */
package dev.muster.agent.fake;
