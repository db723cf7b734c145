/** The queue as planning sees it, carrying plans out, and waking those who wait. */
@NullMarked
package dev.muster.ports.out.scheduling;

import org.jspecify.annotations.NullMarked;
