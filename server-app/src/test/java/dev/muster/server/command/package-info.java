/** Commands that need no server. */
@NullMarked
package dev.muster.server.command;

import org.jspecify.annotations.NullMarked;
