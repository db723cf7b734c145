/** Nothing is wrong here. */
@NullMarked
package dev.muster.domain.planted;

import org.jspecify.annotations.NullMarked;
