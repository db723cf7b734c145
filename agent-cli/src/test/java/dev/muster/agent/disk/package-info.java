/** A really full disk, and the agent's own files on it. */
package dev.muster.agent.disk;
