/** Sealed values in memory. */
@NullMarked
package dev.muster.ports.out.credential;

import org.jspecify.annotations.NullMarked;
