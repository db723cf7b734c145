/** Tools and what they start, in real control groups where this machine lets the test make some. */
package dev.muster.agent.process;
