/**
 * What the agent is told to be: its settings, read from a file and the environment. Everything that
 * is wrong with them is reported together, so that an operator corrects a file once.
 */
@NullMarked
package dev.muster.agent.configuration;

import org.jspecify.annotations.NullMarked;
