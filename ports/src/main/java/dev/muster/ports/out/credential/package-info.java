/** Where values are kept that Muster must be able to read again. */
@NullMarked
package dev.muster.ports.out.credential;

import org.jspecify.annotations.NullMarked;
