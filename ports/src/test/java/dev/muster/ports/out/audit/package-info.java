/** The contracts of the ports of this slice. */
@NullMarked
package dev.muster.ports.out.audit;

import org.jspecify.annotations.NullMarked;
