/** The contracts of the ports of this slice. */
@NullMarked
package dev.muster.ports.out.update;

import org.jspecify.annotations.NullMarked;
