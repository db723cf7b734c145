/** Sealed values of all kinds, where they are treated alike. */
@NullMarked
package dev.muster.jdbc.credential;

import org.jspecify.annotations.NullMarked;
