/** How jobs reach agents and come back, and what the server does by its own clock. */
@NullMarked
package dev.muster.ports.in.scheduling;

import org.jspecify.annotations.NullMarked;
