/** How agents keep themselves present, as JSON. */
@NullMarked
package dev.muster.wire.fleet;

import org.jspecify.annotations.NullMarked;
