/** The packages as they are shipped. */
@NullMarked
package dev.muster.agent.packaging;

import org.jspecify.annotations.NullMarked;
