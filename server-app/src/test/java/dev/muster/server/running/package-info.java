/** How the parts of a server that need no server behave. */
@NullMarked
package dev.muster.server.running;

import org.jspecify.annotations.NullMarked;
