/** What every version of an outbound port must do, in memory and in a database alike. */
@NullMarked
package dev.muster.ports.out;

import org.jspecify.annotations.NullMarked;
