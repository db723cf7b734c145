/** Jobs as those who submit them see them. */
@NullMarked
package dev.muster.ports.in.job;

import org.jspecify.annotations.NullMarked;
