/** What every transport needs, whichever it is: a port. All else is in the rooms below. */
@NullMarked
package dev.muster.wire;

import org.jspecify.annotations.NullMarked;
