/** Agents as people see and steer them, and how agents stay present. */
@NullMarked
package dev.muster.ports.in.fleet;

import org.jspecify.annotations.NullMarked;
